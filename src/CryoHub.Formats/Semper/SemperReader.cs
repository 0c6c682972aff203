using System.Buffers.Binary;
using System.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Semper;

/// <summary>Pictures of the image processing system Semper in its unformatted exchange files: Fortran records, each between two copies of its length.</summary>
public sealed class SemperReader : IFormatReader
{
    private const int SpectrumClass = 4;
    private const int FourierClass = 3;

    public FormatInfo Format { get; } = new(
        "semper",
        "Semper unformatted",
        [".unf"],
        "bytes, 16- and 32-bit integers, floats and complex numbers, both byte orders, titles, labels and coordinates",
        "pictures without a header record",
        "https://hyperspy.org/rosettasciio/supported_formats/semper.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        // 0: length of the first record, 12 or 14 bytes, again behind it
        if (head.Length < 32 || OrderOf(head) is not { } bigEndian)
        {
            return Match.No;
        }

        var length = Length(head, 0, bigEndian);
        var form = Word(head, 4 + 8, bigEndian);
        return Length(head, 4 + length, bigEndian) == length && form is >= 0 and <= 4 && fileName.EndsWith(".unf", StringComparison.OrdinalIgnoreCase)
            ? Match.Certain : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var head = await file.Bytes.ReadBlockAsync(0, Math.Min(file.Bytes.Length, 32), ct);
        if (head.Length < 32 || OrderOf(head) is not { } bigEndian)
        {
            throw ProblemException.Unreadable($"{file.Name} does not begin with a record of 12 or 14 bytes.");
        }

        // columns, rows, layers, class, number type, flags: 10,000 x version + 1,000 x label + length of the title
        var words = Enumerable.Range(0, 6).Select(i => (int)Word(head, 4 + (2 * i), bigEndian)).ToArray();
        var (hasLabel, titleLength) = (words[5] / 1000 % 10 > 0, words[5] % 1000);
        var at = Length(head, 0, bigEndian) + 8L;
        var title = "";
        if (titleLength > 0)
        {
            title = Encoding.Latin1.GetString(await RecordAsync(file.Bytes, at, titleLength, bigEndian, ct));
            at += titleLength + 8;
        }

        SemperLabel? label = null;
        if (hasLabel)
        {
            label = new SemperLabel(await RecordAsync(file.Bytes, at, SemperLabel.Length, bigEndian, ct), bigEndian);
            at += SemperLabel.Length + 8;
            label = label.IsLabel ? label : null;
        }

        var pixel = words[4] switch
        {
            0 => PixelType.Int8,
            1 => PixelType.Int16,
            2 => PixelType.Float32,
            3 => PixelType.Complex64,
            4 => PixelType.Int32,
            var form => throw ProblemException.Unreadable($"The header states number type {form}; known are 0 to 4."),
        };
        var header = Header(file.Name, words, pixel, label, title);
        return [SemperSignal.Of(header, label?.Columns ?? words[0], file.Bytes, at, bigEndian)];
    }

    private static SignalHeader Header(string fileName, int[] words, PixelType pixel, SemperLabel? label, string title)
    {
        long[] sizes = [label?.Columns ?? words[0], label?.Rows ?? words[1], label?.Layers ?? words[2]];
        List<Axis> axes = [];
        for (var i = 2; i >= 0; i--)
        {
            if (sizes[i] != 1 || (i == 0 && axes.Count == 0))
            {
                var (step, origin, unit) = label?.Coordinate(i) ?? (1, 0, "");
                var role = words[3] == FourierClass ? AxisRole.Reciprocal : AxisRole.Space;
                axes.Add(new Axis(i switch { 0 => "x", 1 => "y", _ => "z" }, sizes[i], unit, role, step, origin));
            }
        }

        var original = label?.Original() ?? [];
        foreach (var (name, value) in ((string, int)[])[("NCOL", words[0]), ("NROW", words[1]), ("NLAY", words[2]), ("ICLASS", words[3]), ("IFORM", words[4]), ("IFLAG", words[5])])
        {
            original.TryAdd(name, value);
        }

        if (title.Length > 0)
        {
            original["TITLE"] = title;
        }

        var kind = axes.Count switch
        {
            1 => words[3] == SpectrumClass ? SignalKind.Spectrum : SignalKind.Trace,
            2 => words[3] == FourierClass ? SignalKind.Diffraction : SignalKind.Image,
            _ => SignalKind.Volume,
        };
        return new SignalHeader(Path.GetFileNameWithoutExtension(fileName), kind, pixel, axes, new AcquisitionMetadata { AcquiredAt = label?.AcquiredAt },
            new MetadataTree(original));
    }

    private static async Task<byte[]> RecordAsync(IByteSource file, long at, int length, bool bigEndian, CancellationToken ct)
    {
        var record = await file.ReadBlockAsync(at, length + 8, ct);
        var (before, after) = (Length(record, 0, bigEndian), Length(record, length + 4, bigEndian));
        return before == length && after == length ? record[4..^4]
            : throw ProblemException.Unreadable($"The record at byte {at} is {before} and {after} bytes long by its two lengths; {length} were expected.");
    }

    private static bool? OrderOf(ReadOnlySpan<byte> head) => head switch
    {
        [12 or 14, 0, 0, 0, ..] => false,
        [0, 0, 0, 12 or 14, ..] => true,
        _ => null,
    };

    private static int Length(ReadOnlySpan<byte> bytes, int at, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadInt32BigEndian(bytes[at..]) : BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);

    private static short Word(ReadOnlySpan<byte> bytes, int at, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadInt16BigEndian(bytes[at..]) : BinaryPrimitives.ReadInt16LittleEndian(bytes[at..]);
}
