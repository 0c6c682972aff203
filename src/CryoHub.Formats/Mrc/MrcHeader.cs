using System.Buffers.Binary;
using System.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.Mrc;

/// <summary>The 1024 bytes in front of every MRC file, in either byte order.</summary>
public sealed class MrcHeader
{
    public const int Length = 1024;

    private const int ImodStamp = 1146047817;   // "IMOD"

    private readonly byte[] bytes;

    private MrcHeader(byte[] bytes, bool bigEndian)
    {
        this.bytes = bytes;
        BigEndian = bigEndian;
    }

    public bool BigEndian { get; }

    public int Columns => Int(0);               // 0: NX

    public int Rows => Int(4);                  // 4: NY

    public int Sections => Int(8);              // 8: NZ

    public MrcMode Mode => (MrcMode)Int(12);    // 12: MODE

    public int SpaceGroup => Int(88);           // 88: ISPG, 0 = image stack, 1 = volume, 401 and above = stack of volumes

    public int ExtendedBytes => Int(92);        // 92: NSYMBT

    public string ExtendedType => Text(104, 4); // 104: EXTTYP

    public bool HasMagic => bytes.AsSpan(208, 4).SequenceEqual("MAP "u8);   // 208: "MAP "

    public bool IsByImod => Int(152) == ImodStamp;

    /// <summary>IMOD wrote mode 0 as unsigned bytes unless bit 0 of its flags (156) says otherwise; everyone else writes signed ones.</summary>
    public bool UnsignedBytes => IsByImod && (Int(156) & 1) == 0;

    /// <summary>IMOD's bit 4: the first of two packed pixels is in the high half of the byte.</summary>
    public bool HighNibbleFirst => IsByImod && (Int(156) & 16) != 0;

    /// <summary>Sections of one volume in a stack of volumes; 40: MZ.</summary>
    public int SectionsPerVolume => Int(36);

    /// <summary>Old header, bytes of extended header per section; 128: NINT.</summary>
    public int ExtendedIntegers => Short(128);

    /// <summary>Old header, reals per section or SerialEM's flags; 130: NREAL.</summary>
    public int ExtendedReals => Short(130);

    /// <summary>Two header layouts exist, told apart by the machine stamp and, where it is missing, by what makes sense.</summary>
    public static MrcHeader Parse(ReadOnlySpan<byte> head)
    {
        var bytes = head[..Length].ToArray();
        var little = new MrcHeader(bytes, bigEndian: false);
        var big = new MrcHeader(bytes, bigEndian: true);
        return bytes[212] switch   // 212: MACHST
        {
            0x44 when little.IsPlausible || !big.IsPlausible => little,
            0x11 when big.IsPlausible || !little.IsPlausible => big,
            _ => big.IsPlausible && !little.IsPlausible ? big : little,
        };
    }

    /// <summary>True where the numbers could be an MRC header's: enough to tell files apart that lack the magic word.</summary>
    public bool IsPlausible =>
        Enum.IsDefined(Mode) && Columns > 0 && Rows > 0 && Sections > 0 && ExtendedBytes >= 0 && Int(64) is >= 0 and <= 3 && Int(68) is >= 0 and <= 3 && Int(72) is >= 0 and <= 3;

    /// <summary>Spacing in angstrom of columns, rows and sections; 0 where the file states none.</summary>
    public (double Column, double Row, double Section) Spacing()
    {
        // 28: MX MY MZ, 40: CELLA along the cell's own axes; 64: MAPC MAPR MAPS say which cell axis the columns, rows and sections run along.
        double Along(int map, int fallback)
        {
            var axis = Int(map) is >= 1 and <= 3 and var stated ? stated - 1 : fallback;
            var intervals = Int(28 + (4 * axis));
            var spacing = intervals == 0 ? 0 : (double)(float)(Real(40 + (4 * axis)) / intervals);
            return double.IsFinite(spacing) ? spacing : 0;
        }

        return (Along(64, 0), Along(68, 1), Along(72, 2));
    }

    public IReadOnlyList<string> Labels() =>
        [.. Enumerable.Range(0, Math.Clamp(Int(220), 0, 10)).Select(line => Text(224 + (80 * line), 80))];   // 220: NLABL, 224: ten lines of 80 characters

    internal int Int(int offset) => BigEndian ? BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(offset)) : BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offset));

    internal float Real(int offset) => BigEndian ? BinaryPrimitives.ReadSingleBigEndian(bytes.AsSpan(offset)) : BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(offset));

    internal string Text(int offset, int count) => Encoding.Latin1.GetString(bytes, offset, count).TrimEnd('\0', ' ');

    private short Short(int offset) => BigEndian ? BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(offset)) : BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(offset));
}
