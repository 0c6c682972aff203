using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.BrukerRaw;

/// <summary>Powder patterns of Siemens and Bruker (RAW versions 1 to 4; files of version 3 begin with <c>RAW1.01</c>): every range as a table of 2Theta and counts.</summary>
public sealed class BrukerRawReader : IFormatReader
{
    private const int HeadBytes = 712;
    private const int RangeHeadBytes = 304;
    private const long LargestFile = 256L << 20;

    public FormatInfo Format { get; } = new(
        "bruker-raw", "Bruker powder diffraction", [".raw"], "RAW versions 1 to 4: all ranges with their angles, wavelengths and generator settings",
        "further values beside the counts", "https://github.com/wojdyr/xylib");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.StartsWith("RAW1.01"u8) || head.StartsWith("RAW4."u8) || head.StartsWith("RAW2"u8) || head.StartsWith("RAW "u8) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        if (file.Bytes.Length is < Raw4.LeastBytes or > LargestFile)
        {
            throw ProblemException.Unreadable($"{file.Name} holds {file.Bytes.Length} bytes; a pattern holds {Raw4.LeastBytes} to {LargestFile}.");
        }

        var bytes = await file.Bytes.ReadBlockAsync(0, file.Bytes.Length, ct);
        if (bytes.AsSpan().StartsWith("RAW4."u8))
        {
            return Raw4.Read(bytes, Path.GetFileNameWithoutExtension(file.Name));
        }

        if (bytes.AsSpan().StartsWith("RAW2"u8) || bytes.AsSpan().StartsWith("RAW "u8))
        {
            return Raw12.Read(bytes, Path.GetFileNameWithoutExtension(file.Name));
        }

        if (bytes.Length < HeadBytes + RangeHeadBytes)
        {
            throw ProblemException.Unreadable($"{file.Name} holds {bytes.Length} bytes; a pattern of version 3 holds at least {HeadBytes + RangeHeadBytes}.");
        }

        var count = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(12));
        if (count < 1 || count > bytes.Length / RangeHeadBytes)
        {
            throw ProblemException.Unreadable($"{file.Name} claims {count} ranges; {bytes.Length} bytes have room for {bytes.Length / RangeHeadBytes}.");
        }

        var signals = new List<ISignal>();
        var name = Path.GetFileNameWithoutExtension(file.Name);
        long at = HeadBytes;
        for (var i = 1; i <= count; i++)
        {
            ct.ThrowIfCancellationRequested();
            signals.Add(Range(bytes, ref at, PowderPattern.Name(name, i, count)));
        }

        return signals;
    }

    private static TableSignal Range(byte[] bytes, ref long at, string name)
    {
        if (at + RangeHeadBytes > bytes.Length)
        {
            throw ProblemException.Unreadable($"The head of {name} at {at} needs {RangeHeadBytes} bytes; the file ends at {bytes.Length}.");
        }

        var head = bytes.AsSpan((int)at, RangeHeadBytes);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(head);
        var steps = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        var valueBytes = BinaryPrimitives.ReadUInt32LittleEndian(head[252..]);
        var data = at + length + BinaryPrimitives.ReadUInt32LittleEndian(head[256..]);
        if (length < RangeHeadBytes || valueBytes != 4 || steps == 0 || data + (4L * steps) > bytes.Length)
        {
            throw ProblemException.Unreadable($"{name} states a head of {length} bytes, {steps} values of {valueBytes} bytes from {data}; "
                + $"expected were at least {RangeHeadBytes} bytes, values of 4 bytes and an end before {bytes.Length}.");
        }

        var (start, step) = (BinaryPrimitives.ReadDoubleLittleEndian(head[16..]), BinaryPrimitives.ReadDoubleLittleEndian(head[176..]));
        var counts = new double[steps];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan((int)data + (4 * i)));
        }

        at = data + (4L * steps);
        var original = new JsonObject { ["file"] = FileHead(bytes), ["range"] = RangeHead(head) };
        return PowderPattern.Of(name, start, step, counts, PowderPattern.Shortest(BinaryPrimitives.ReadSingleLittleEndian(head[192..])), original);
    }

    private static JsonObject FileHead(ReadOnlySpan<byte> bytes) => new()
    {
        ["file status"] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]),
        ["MEASURE_DATE"] = Text(bytes[16..26]),
        ["MEASURE_TIME"] = Text(bytes[26..36]),
        ["USER"] = Text(bytes[36..108]),
        ["SITE"] = Text(bytes[108..326]),
        ["SAMPLE_ID"] = Text(bytes[326..386]),
        ["COMMENT"] = Text(bytes[386..546]),
        ["ANODE_MATERIAL"] = Text(bytes[608..612]),
        ["ALPHA_AVERAGE"] = MetadataTree.Leaf(BinaryPrimitives.ReadDoubleLittleEndian(bytes[616..])),
        ["ALPHA1"] = MetadataTree.Leaf(BinaryPrimitives.ReadDoubleLittleEndian(bytes[624..])),
        ["ALPHA2"] = MetadataTree.Leaf(BinaryPrimitives.ReadDoubleLittleEndian(bytes[632..])),
        ["BETA"] = MetadataTree.Leaf(BinaryPrimitives.ReadDoubleLittleEndian(bytes[640..])),
        ["ALPHA_RATIO"] = MetadataTree.Leaf(BinaryPrimitives.ReadDoubleLittleEndian(bytes[648..])),
    };

    private static JsonObject RangeHead(ReadOnlySpan<byte> head) => new()
    {
        ["STEPS"] = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]),
        ["START_THETA"] = MetadataTree.Leaf(BinaryPrimitives.ReadDoubleLittleEndian(head[8..])),
        ["START_2THETA"] = MetadataTree.Leaf(BinaryPrimitives.ReadDoubleLittleEndian(head[16..])),
        ["STEP_SIZE"] = MetadataTree.Leaf(BinaryPrimitives.ReadDoubleLittleEndian(head[176..])),
        ["TIME_PER_STEP"] = MetadataTree.Leaf(PowderPattern.Shortest(BinaryPrimitives.ReadSingleLittleEndian(head[192..]))),
        ["GENERATOR_VOLTAGE"] = BinaryPrimitives.ReadUInt32LittleEndian(head[224..]),
        ["GENERATOR_CURRENT"] = BinaryPrimitives.ReadUInt32LittleEndian(head[228..]),
        ["USED_LAMBDA"] = MetadataTree.Leaf(BinaryPrimitives.ReadDoubleLittleEndian(head[240..])),
    };

    private static string Text(ReadOnlySpan<byte> field) => Encoding.Latin1.GetString(field.IndexOf((byte)0) is >= 0 and var end ? field[..end] : field).Trim();
}
