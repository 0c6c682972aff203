using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Phi;

/// <summary>Physical Electronics MultiPak and SmartSoft: a text of keys, then spectra (.spe) or depth profiles (.pro) as float32.</summary>
public sealed class PhiReader : IFormatReader
{
    private const int LongestHead = 4 << 20;
    private const int EntryBytes = 96;
    private const int FirstEntry = 16;
    private const int MostEntries = 10_000;

    private static readonly byte[] End = "EOFH"u8.ToArray();

    public FormatInfo Format { get; } = new(
        "phi-multipak", "PHI MultiPak (XPS, AES)", [".spe", ".pro"], "every region with its binding energies; depth profiles as one spectrum a cycle; all keys of the head",
        "maps, linescans and lists beside the spectra", "https://www.phi.com/surface-analysis-equipment/multipak.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.StartsWith("SOFH"u8) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var start = await file.Bytes.ReadBlockAsync(0, Math.Min(LongestHead, file.Bytes.Length), ct);
        var end = start.AsSpan().IndexOf(End);
        if (end < 0)
        {
            throw ProblemException.Unreadable($"The head of {file.Name} does not end with EOFH within {start.Length} bytes.");
        }

        var (tree, regions) = Head(Encoding.Latin1.GetString(start, 0, end));
        var binary = end + End.Length;
        while (binary < start.Length && start[binary] is (byte)'\r' or (byte)'\n')
        {
            binary++;
        }

        var top = await file.Bytes.ReadBlockAsync(binary, FirstEntry, ct);

        // 4: entries, 8: bytes of all entries
        var entries = BinaryPrimitives.ReadUInt32LittleEndian(top.AsSpan(4));
        if (entries is 0 or > MostEntries)
        {
            throw ProblemException.Unreadable($"{file.Name} states {entries} blocks of numbers; 1 to {MostEntries} were expected.");
        }

        var table = await file.Bytes.ReadBlockAsync(binary + FirstEntry, entries * EntryBytes, ct);
        List<ISignal> signals = [];
        var name = Path.GetFileNameWithoutExtension(file.Name);
        for (var i = 0; i < entries && signals.Count < Math.Max(1, regions.Count); i++)
        {
            if (Spectrum(table.AsMemory(i * EntryBytes, EntryBytes), file.Bytes, binary, name, regions.ElementAtOrDefault(signals.Count), tree) is { } signal)
            {
                signals.Add(signal);
            }
        }

        return signals.Count > 0 ? signals : throw ProblemException.Unreadable($"None of the {entries} blocks of {file.Name} holds spectra as float32.");
    }

    private static ISignal? Spectrum(ReadOnlyMemory<byte> entryBytes, IByteSource file, long binary, string name, PhiRegion? region, JsonObject tree)
    {
        // 20: points, 24: cycles, 56: unit, 72: number type, 76: bytes, 80: where they begin, after the head
        var entry = entryBytes.Span;
        long points = BinaryPrimitives.ReadUInt32LittleEndian(entry[20..]), cycles = BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]);
        long bytes = BinaryPrimitives.ReadUInt32LittleEndian(entry[76..]), offset = BinaryPrimitives.ReadUInt32LittleEndian(entry[80..]);
        if (!entry[72..].StartsWith("f4"u8) || points == 0 || cycles == 0 || bytes != 4 * points * cycles)
        {
            return null;    // a list of another kind
        }

        if (offset + bytes > file.Length - binary)
        {
            throw ProblemException.Unreadable($"{name} states {points} x {cycles} numbers from byte {binary + offset}; the file ends at {file.Length}.");
        }

        var isStated = region is not null && region.Points == points;
        var axis = isStated ? new Axis("Binding Energy", points, "eV", AxisRole.Energy, region!.Step, region.Start) : new Axis("point", points, "", AxisRole.Index);
        List<Axis> axes = cycles == 1 ? [axis] : [new Axis("cycle", cycles, "", AxisRole.Index), axis];
        var unit = Encoding.Latin1.GetString(entry.Slice(56, 8)).Split('\0')[0];
        var header = new SignalHeader(isStated ? $"{name}, {region!.Name}" : name, cycles == 1 ? SignalKind.Spectrum : SignalKind.SpectrumLine, PixelType.Float32, axes, Metadata(tree), new MetadataTree(tree))
        {
            ValueUnit = unit.StartsWith("c/s", StringComparison.Ordinal) ? "counts/s" : unit,
        };
        PixelBudget.Check(header, file.Length - binary - offset);
        return RawSignal.Of(header, file, binary + offset);
    }

    private static AcquisitionMetadata Metadata(JsonObject tree) => new() { Instrument = tree["InstrumentModel"]?.ToString() is { Length: > 0 } model ? model : null };

    /// <summary>Keys with what follows their colon, and the regions that <c>SpectralRegDef</c> lists.</summary>
    private static (JsonObject Tree, List<PhiRegion> Regions) Head(string text)
    {
        var tree = new JsonObject();
        List<PhiRegion> regions = [];
        foreach (var line in text.Split('\n').Skip(1))
        {
            var colon = line.IndexOf(':');
            if (colon <= 0)
            {
                continue;
            }

            var (key, value) = (line[..colon].Trim(), line[(colon + 1)..].Trim());
            if (key == "SpectralRegDef" && PhiRegion.Parse(value) is { } region)
            {
                regions.Add(region);
            }

            if (!tree.TryGetPropertyValue(key, out var there))
            {
                tree[key] = value;
            }
            else if (there is JsonArray list)
            {
                list.Add((JsonNode)JsonValue.Create(value));
            }
            else
            {
                tree[key] = new JsonArray(there!.DeepClone(), JsonValue.Create(value));
            }
        }

        return (tree, regions);
    }
}
