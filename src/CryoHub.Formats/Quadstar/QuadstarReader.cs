using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Quadstar;

/// <summary>Mass spectra of Balzers and Pfeiffer Quadstar: analog scans (.sac) and bar graphs (.sbc), one spectrum a cycle.</summary>
public sealed class QuadstarReader : IFormatReader
{
    private const int HeaderBytes = 0xC8;
    private const int TraceEntry = 9;
    private const int TraceInfo = 137;
    private const byte ScanAnalog = 0x11;
    private const int BarPrefix = 13;
    private const int MostTraces = 256;
    private const long LargestFile = 512 << 20;

    public FormatInfo Format { get; } = new(
        "quadstar", "Quadstar mass spectra", [".sac", ".sbc"],
        "Analog scans, one signal a trace, and bar graphs: intensity over cycle and mass", "other kinds of traces; gain and detector settings",
        "https://www.bubek.org/sac2dat.php");

    /// <summary>The format has no magic number: its ending, a calendar date and counts that make sense.</summary>
    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        var ending = Path.GetExtension(fileName).ToLowerInvariant();
        return Format.Extensions.Contains(ending) && head.Length >= HeaderBytes + TraceEntry && Moment(head) is not null && Int32(head, 0x64) > 0
            && (ending == ".sbc" || (BinaryPrimitives.ReadInt16LittleEndian(head[0x68..]) is > 0 and < MostTraces && Int32(head, 0x6A) > 0)) ? Match.Certain : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        if (file.Bytes.Length is < HeaderBytes + TraceEntry or > LargestFile)
        {
            throw ProblemException.Unreadable($"{file.Name} holds {file.Bytes.Length} bytes; files of {HeaderBytes + TraceEntry} to {LargestFile} bytes are read.");
        }

        var bytes = await file.Bytes.ReadBlockAsync(0, file.Bytes.Length, ct);
        var metadata = new AcquisitionMetadata { AcquiredAt = Moment(bytes) };
        return file.Name.EndsWith(".sbc", StringComparison.OrdinalIgnoreCase) ? [Bars(bytes, Path.GetFileNameWithoutExtension(file.Name), metadata)] : Scans(bytes, Path.GetFileNameWithoutExtension(file.Name), metadata);
    }

    private static List<ISignal> Scans(byte[] bytes, string name, AcquisitionMetadata metadata)
    {
        var cycles = Int32(bytes, 0x64);                                                    // 0x64: cycles, 0x68: traces, 0x6A: bytes a cycle
        var traces = BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(0x68));
        var stride = Int32(bytes, 0x6A);
        var signals = new List<ISignal>();
        var first = -1;
        for (var i = 0; i < traces && HeaderBytes + (TraceEntry * (i + 1)) <= bytes.Length; i++)
        {
            var entry = bytes.AsSpan(HeaderBytes + (TraceEntry * i));                       // 0: kind, 1: where its description is, 5: its first data
            if (entry[0] == ScanAnalog)
            {
                var data = Int32(entry, 5);
                first = first < 0 ? data : first;
                signals.Add(Scan(bytes, name, new Place(Int32(entry, 1), data, first, cycles, stride), metadata));
            }
        }

        return signals.Count > 0 ? signals : throw ProblemException.Unreadable($"{name} has {traces} traces and none of an analog scan (kind {ScanAnalog}).");
    }

    private static ISignal Scan(byte[] bytes, string name, Place place, AcquisitionMetadata metadata)
    {
        if (place.Info < 0 || place.Info > bytes.Length - TraceInfo)
        {
            throw ProblemException.Unreadable($"A trace is described at byte {place.Info}; the file holds {bytes.Length}.");
        }

        var info = bytes.AsSpan(place.Info, TraceInfo);
        var perMass = info[0x80];                                                           // 0x7A: first mass, 0x7E: masses, 0x80: values a mass
        var points = BinaryPrimitives.ReadUInt16LittleEndian(info[0x7E..]) * perMass;
        var last = place.Data + ((place.Cycles - 1L) * place.Stride) + 6 + (4L * points);
        if (points == 0 || place.First < 6 || place.Data < 0 || place.Cycles <= 0 || place.Stride <= 0 || last > bytes.Length || (place.Cycles > 1 && place.Stride < 6 + (4L * points)))
        {
            throw ProblemException.Unreadable($"{place.Cycles} cycles of {points} values, {place.Stride} bytes apart from byte {place.Data} on, end at byte {last}; the file holds {bytes.Length}.");
        }

        var values = new float[place.Cycles * points];
        var times = new double[place.Cycles];
        for (var cycle = 0; cycle < place.Cycles; cycle++)
        {
            var at = place.Data + (cycle * place.Stride);
            var stamp = bytes.AsSpan((int)Math.Min(place.First - 6 + ((long)cycle * place.Stride), bytes.Length - 6));
            times[cycle] = BinaryPrimitives.ReadUInt32LittleEndian(stamp) + (BinaryPrimitives.ReadUInt16LittleEndian(stamp[4..]) * 1e-4);
            var full = Math.Pow(10, BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(at + 4)));
            for (var i = 0; i < points; i++)
            {
                var value = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(at + 6 + (4 * i)));
                values[(cycle * points) + i] = value > full ? float.NaN : value;            // beyond the full scale the detector overflowed
            }
        }

        var title = Text(info[0x1D..0x2A]);
        var mass = new Axis(title.Length > 0 ? title : "Mass", points, Text(info[0x2A..0x37]), AxisRole.Channel, 1.0 / perMass, BinaryPrimitives.ReadSingleLittleEndian(info[0x7A..]));
        var original = General(bytes);
        original["trace"] = new JsonObject { ["y title"] = Text(info[0x02..0x0F]), ["y unit"] = Text(info[0x0F..0x1C]), ["comment"] = Text(info[0x38..0x73]), ["values per mass"] = perMass };
        return Signal(Text(info[0x02..0x0F]) is { Length: > 0 } quantity ? $"{name}, {quantity}" : name, times, mass, values, Text(info[0x0F..0x1C]), metadata, original);
    }

    /// <summary>Behind a head of any length: for each cycle 13 bytes that begin with its time in seconds, then mass and intensity in turn.</summary>
    private static ISignal Bars(byte[] bytes, string name, AcquisitionMetadata metadata)
    {
        var cycles = Int32(bytes, 0x64);
        var masses = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(0xCB)) + 1;       // 0xCB: width of the scan
        var stride = BarPrefix + (8L * masses);
        var start = bytes.Length - (cycles * stride);
        if (cycles <= 0 || start < HeaderBytes)
        {
            throw ProblemException.Unreadable($"{cycles} cycles of {masses} masses take {cycles * stride} bytes; the file holds {bytes.Length}, of which {HeaderBytes} are its head.");
        }

        var values = new float[cycles * masses];
        var times = new double[cycles];
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            var block = bytes.AsSpan((int)(start + (cycle * stride)), (int)stride);
            times[cycle] = BinaryPrimitives.ReadUInt32LittleEndian(block);
            for (var i = 0; i < masses; i++)
            {
                values[(cycle * masses) + i] = BinaryPrimitives.ReadSingleLittleEndian(block[(BarPrefix + 4 + (8 * i))..]);
            }
        }

        var labels = Enumerable.Range(0, masses).Select(i => (double)BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan((int)start + BarPrefix + (8 * i)))).ToArray();
        return Signal(name, times, new Axis("Mass-to-charge ratio", masses, "m/z", AxisRole.Channel, Values: labels), values, "", metadata, General(bytes));
    }

    private static ArraySignal Signal(string name, double[] times, Axis mass, float[] values, string unit, AcquisitionMetadata metadata, JsonObject original)
    {
        var time = new Axis("Time", times.Length, "s", AxisRole.Time, Values: [.. times.Select(moment => moment - times[0])]);
        var header = new SignalHeader(name, times.Length > 1 ? SignalKind.SpectrumLine : SignalKind.Spectrum, PixelType.Float32, times.Length > 1 ? [time, mass] : [mass], metadata, new MetadataTree(original)) { ValueUnit = unit };
        return new ArraySignal(header, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
    }

    private static JsonObject General(ReadOnlySpan<byte> bytes) => new()
    {
        ["data index"] = BinaryPrimitives.ReadInt16LittleEndian(bytes),
        ["software"] = Int32(bytes, 2),
        ["version"] = string.Create(CultureInfo.InvariantCulture, $"{bytes[6]}.{bytes[7]}"),
        ["user"] = Text(bytes[0x0E..0x64]),
        ["cycles"] = Int32(bytes, 0x64),
    };

    /// <summary>8: second, minute, hour, day, month, years since 1900.</summary>
    private static string? Moment(ReadOnlySpan<byte> head) =>
        head[8] < 60 && head[9] < 60 && head[10] < 24 && head[12] is >= 1 and <= 12 && head[11] >= 1 && head[11] <= DateTime.DaysInMonth(1900 + head[13], head[12])
            ? new DateTime(1900 + head[13], head[12], head[11], head[10], head[9], head[8], DateTimeKind.Unspecified).ToString("s", CultureInfo.InvariantCulture) : null;

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        return new string([.. Encoding.Latin1.GetString(end < 0 ? bytes : bytes[..end]).Where(c => !char.IsControl(c))]).Trim();
    }

    private static int Int32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);

    private sealed record Place(int Info, int Data, int First, int Cycles, int Stride);
}
