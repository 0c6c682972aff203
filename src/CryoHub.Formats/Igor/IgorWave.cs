using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Igor;

/// <summary>One wave: numbers of up to four dimensions, or text.</summary>
internal static class IgorWave
{
    private const int LongestNote = 16 << 20;
    private const int MostTexts = 1 << 22;

    public static async Task<IReadOnlyList<ISignal>> OpenAsync(IByteSource file, CancellationToken ct)
    {
        var wave = await IgorHeader.ReadAsync(file, ct);
        var name = wave.Fields.Text("bname") ?? "wave";
        if (wave.Fields.Integer("npnts") < 1 || wave.Dimensions.Any(size => size < 1))
        {
            throw ProblemException.Unreadable($"The wave {name} has {wave.Fields.Integer("npnts")} points: there is nothing to show.");
        }

        if (wave.DataBytes < 0 || wave.DataOffset + wave.DataBytes > file.Length)
        {
            throw ProblemException.Unreadable($"The wave {name} promises {wave.DataBytes} bytes of points; the file holds {file.Length - wave.DataOffset} bytes for them.");
        }

        var after = await AfterAsync(file, wave, ct);
        var note = after.Note;
        var original = new JsonObject { ["head"] = wave.Fields, ["file"] = wave.Sizes, ["note"] = Note(note) };
        if (wave.Type == 0)
        {
            return [await TextAsync(file, wave, name, original, after.TextEnds, ct)];
        }

        var axes = wave.Dimensions.Select((size, dimension) => Axis(wave, dimension, size)).ToArray();
        var header = new SignalHeader(name, axes.Length switch { 1 => SignalKind.Trace, 2 => SignalKind.Image, _ => SignalKind.ImageStack }, Pixel(wave.Type), axes, Metadata(note), new MetadataTree(original))
        {
            ValueUnit = wave.Fields.Text("dataUnits") ?? "",
        };
        var stored = new IgorSignal(header, file, wave.DataOffset, wave.BigEndian);
        return [stored, .. stored.Layers(after.Labels)];
    }

    /// <summary>Asylum's notes: "key: value" lines that end with carriage returns.</summary>
    private static JsonNode Note(string note)
    {
        var lines = new JsonObject();
        foreach (var line in note.Split('\r', '\n'))
        {
            if (line.IndexOf(':') is > 0 and var colon)
            {
                lines[line[..colon].Trim()] = Xml.XmlJson.Leaf(line[(colon + 1)..]);
            }
        }

        return lines.Count > 1 ? lines : JsonValue.Create(note);
    }

    private static AcquisitionMetadata Metadata(string note)
    {
        var lines = Note(note) as JsonObject;
        return DateTime.TryParse($"{lines.Text("Date")} {lines.Text("Time")}", System.Globalization.CultureInfo.InvariantCulture, out var moment) && lines.Text("Date") is not null
            ? new() { AcquiredAt = moment.ToString("s", System.Globalization.CultureInfo.InvariantCulture) }
            : AcquisitionMetadata.None;
    }

    private static Axis Axis(IgorHeader wave, int dimension, long size)
    {
        var (step, origin, unit) = wave.Scale(dimension);
        var name = wave.Dimensions.Count == 1 ? "x" : ((string[])["rows", "columns", "layers", "chunks"])[dimension];
        return step == 0 ? new Axis(name, size, "", AxisRole.Index) : new Axis(name, size, unit, unit == "s" ? AxisRole.Time : unit.Length > 0 ? AxisRole.Space : AxisRole.Index, step, origin);
    }

    /// <summary>What follows the points: formula, note, units, labels of the dimensions, ends of the texts.</summary>
    private static async Task<(string Note, IReadOnlyList<string> Labels, int[] TextEnds)> AfterAsync(IByteSource file, IgorHeader wave, CancellationToken ct)
    {
        var sizes = wave.Sizes;
        if (wave.Version != 5)
        {
            // Waves of version 2 leave 16 bytes between the points and the note.
            var at = wave.DataOffset + wave.DataBytes;
            var bytes = sizes.Integer("noteSize");
            return (bytes is > 0 and <= LongestNote && at >= 0 && at + bytes <= file.Length ? Decode(await file.ReadBlockAsync(at, bytes, ct)) : "", [], []);
        }

        var next = wave.DataOffset + Math.Max(0, wave.DataBytes) + sizes.Integer("formulaSize");
        var note = Decode(await BlockAsync(file, next, sizes.Integer("noteSize"), ct));
        next += sizes.Integer("noteSize") + sizes.Integer("dataEUnitsSize");
        next += sizes["dimEUnitsSize"]!.AsArray().Sum(size => (long)(int)size!);
        var labels = new List<string>();
        foreach (var size in sizes["dimLabelsSize"]!.AsArray().Select(size => (long)(int)size!))
        {
            // 32 bytes each; the first is the dimension's own. Only those of the last dimension name columns or layers.
            var block = await BlockAsync(file, next, size, ct);
            if (size > 0)
            {
                labels = [.. block.Chunk(32).Skip(1).Select(Decode)];
            }

            next += size;
        }

        var ends = await BlockAsync(file, next, sizes.Integer("sIndicesSize"), ct);
        var reader = new BlockReader(ends, wave.BigEndian);
        return (note, labels, [.. Enumerable.Range(0, ends.Length / 4).Select(_ => reader.Int32())]);
    }

    private static async Task<byte[]> BlockAsync(IByteSource file, long at, long bytes, CancellationToken ct) =>
        bytes is >= 0 and <= LongestNote ? await file.ReadBlockAsync(at, bytes, ct) : throw ProblemException.Unreadable($"A part of {bytes} bytes is said to follow the points; up to {LongestNote} are read.");

    private static string Decode(byte[] bytes) => Encoding.Latin1.GetString(bytes).TrimEnd('\0');

    private static async Task<ISignal> TextAsync(IByteSource file, IgorHeader wave, string name, JsonObject original, int[] ends, CancellationToken ct)
    {
        if (ends.Length > MostTexts || wave.DataBytes < 0)
        {
            throw ProblemException.Unreadable($"The text wave {name} has {ends.Length} texts in {wave.DataBytes} bytes.");
        }

        var text = await file.ReadBlockAsync(wave.DataOffset, wave.DataBytes, ct);
        var cells = new string[ends.Length];
        var start = 0;
        for (var i = 0; i < ends.Length; i++)
        {
            cells[i] = ends[i] >= start && ends[i] <= text.Length
                ? Encoding.Latin1.GetString(text, start, ends[i] - start)
                : throw ProblemException.Unreadable($"Text {i} of {name} ends at byte {ends[i]}; it begins at {start} of {text.Length}.");
            start = ends[i];
        }

        return TableSignal.Of(name, SignalKind.Table, [TableColumn.OfWords(name, cells)], AcquisitionMetadata.None, new MetadataTree(original));
    }

    private static PixelType Pixel(int type) => (type & ~0x40, type & 0x40) switch
    {
        (2, 0) => PixelType.Float32,
        (3, 0) => PixelType.Complex64,
        (4, 0) => PixelType.Float64,
        (5, 0) => PixelType.Complex128,
        (8, 0) => PixelType.Int8,
        (8, _) => PixelType.UInt8,
        (0x10, 0) => PixelType.Int16,
        (0x10, _) => PixelType.UInt16,
        (0x20, 0) => PixelType.Int32,
        (0x20, _) => PixelType.UInt32,
        (0x80, 0) => PixelType.Int64,
        (0x80, _) => PixelType.UInt64,
        _ => throw ProblemException.Unreadable($"Waves of type {type} are not read; numbers, complex floats and texts are."),
    };
}
