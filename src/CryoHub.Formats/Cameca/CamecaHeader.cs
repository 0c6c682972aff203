using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Cameca;

/// <summary>The head of a Cameca file: what kind of analysis, when, and of which species; the rest depends on the kind.</summary>
/// <param name="Fields">The fields at fixed places.</param>
/// <param name="Species">Label of each mass.</param>
/// <param name="Image">Sizes of an image, from the last 84 bytes of the head; empty for other kinds.</param>
/// <param name="BigEndian">Order of bytes.</param>
internal sealed record CamecaHeader(JsonObject Fields, IReadOnlyList<string> Species, JsonObject Image, bool BigEndian)
{
    private const int LargestHead = 4 << 20;
    private const int MostMasses = 60;

    private const string Layout =
        "file version i4, file type i4, header size i4, sample type i4, data included i4, sample x i4, sample y i4, analysis type s32, user name s16, sample z i4, x12, date s16, time s16, "
        + "original filename s16";

    public int Type => (int)Fields.Integer("file type");

    public long DataOffset => Fields.Integer("header size");

    public AcquisitionMetadata Metadata => new()
    {
        AcquiredAt = DateTime.TryParseExact($"{Fields.Text("date")} {Fields.Text("time")}", "dd.MM.yy HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment.ToString("s", CultureInfo.InvariantCulture)
            : null,
        Instrument = "Cameca",
    };

    public MetadataTree Original => new(new JsonObject
    {
        ["head"] = Fields.DeepClone(),
        ["species"] = new JsonArray([.. Species.Select(label => JsonValue.Create(label))]),
        ["image"] = Image.DeepClone(),
    });

    /// <summary>Sun workstations wrote big endian, PCs little endian; the kind of file is a small number.</summary>
    public static bool? Order(ReadOnlySpan<byte> head)
    {
        if (head.Length < 124)
        {
            return null;
        }

        var little = BinaryPrimitives.ReadInt32LittleEndian(head[4..]) is > 0 and < 256;
        var isOne = little || BinaryPrimitives.ReadInt32BigEndian(head[4..]) is > 0 and < 256;
        var date = head.Slice(92, 8);   // 31.12.99
        return isOne && char.IsAsciiDigit((char)date[0]) && date[2] == '.' && char.IsAsciiDigit((char)date[4]) && date[5] == '.' && head[28] is >= (byte)' ' and <= (byte)'~' ? !little : null;
    }

    public static async Task<CamecaHeader> ReadAsync(IByteSource file, CancellationToken ct)
    {
        var start = await file.ReadBlockAsync(0, Math.Min(140, file.Length), ct);
        var bigEndian = Order(start) ?? throw ProblemException.Unreadable($"A Cameca file begins with its version and kind and has a date at byte 92; this file of {file.Length} bytes has not.");
        var fields = new BlockReader(start, bigEndian).Fields(Layout);
        var size = fields.Integer("header size");
        if (size is < 512 or > LargestHead || size > file.Length)
        {
            throw ProblemException.Unreadable($"The head is said to take {size} bytes; 512 to {Math.Min(LargestHead, file.Length)} are possible.");
        }

        var head = new BlockReader(await file.ReadBlockAsync(0, size, ct), bigEndian);
        var type = (int)fields.Integer("file type");
        var image = type is 27 or 29 or 39 or 40 or 41
            ? head.MoveTo(size - 84).Fields("header size i4, type i2, width i2, height i2, bytes per pixel i2, masses i2, planes i2, raster i4, original filename s64")
            : [];
        return new CamecaHeader(fields, Labels(head, type, (int)fields.Integer("file version")), image, bigEndian);
    }

    /// <summary>Where the table of masses stands, how long an entry is and where its label is differ between kinds.</summary>
    private static List<string> Labels(BlockReader head, int type, int version)
    {
        var pointers = version >= 4108 ? 4 * MostMasses : 40;
        var (count, table, entry, label) = type switch
        {
            27 or 29 or 39 => (408, 412 + pointers, 192, 65),
            21 or 26 => (548, 552 + pointers + 4, 192, 65),
            35 => (548, 552 + pointers + 4, 192, 65),
            22 or 40 or 41 => (540, 544 + 80 + 4, 192, 65),
            _ => (-1, 400, 216, 85),     // scans of one setting: their blocks say how many
        };
        var masses = count < 0 ? MostMasses : head.MoveTo(count).Int32();
        List<string> labels = [];
        for (var mass = 0; mass < Math.Clamp(masses, 0, MostMasses) && table + ((mass + 1) * entry) <= head.Length; mass++)
        {
            var trolley = head.MoveTo(table + (mass * entry)).Int32();
            labels.Add(trolley == 8 && count >= 0 ? "SE" : head.MoveTo(table + (mass * entry) + label).Text(64));
        }

        return labels;
    }
}
