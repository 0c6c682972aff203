using System.Buffers.Binary;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Renishaw;

/// <summary>Renishaw WiRE data: a chain of blocks with four letters, a number and a size.</summary>
public sealed class WdfReader : IFormatReader
{
    private const int BlockHeader = 16;
    private const int MostBlocks = 10_000;
    private const uint XyLine = 128;
    private const uint RandomPoints = 1;
    private const uint ColumnMajor = 2;

    public FormatInfo Format { get; } = new(
        "renishaw-wdf", "Renishaw WiRE (.wdf)", [".wdf"], "single spectra, series, line scans and raster maps, with abscissas and steps; the white-light photo where it lies on the stage", "analysis results, instrument states",
        "https://hyperspy.org/rosettasciio/supported_formats/renishaw.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.StartsWith("WDF1"u8) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var source = file.Bytes;
        var header = WdfHeader.Parse(await source.ReadBlockAsync(0, Math.Min(WdfHeader.Bytes, source.Length), ct), file.Name);
        var blocks = await BlocksAsync(source, ct);
        var data = Need(blocks, "DATA", file.Name);
        var list = Need(blocks, "XLST", file.Name);
        if (data.Size < 4L * header.Points * header.Count || list.Size < 8 + (4L * header.Points))
        {
            throw ProblemException.Unreadable(
                $"{file.Name}: {header.Count} spectra of {header.Points} points do not fit DATA of {data.Size} bytes and XLST of {list.Size} bytes.");
        }

        var xlist = await source.ReadBlockAsync(list.Offset, 8 + (4L * header.Points), ct);
        var abscissas = new double[header.Points];
        for (var i = 0; i < abscissas.Length; i++)
        {
            abscissas[i] = BinaryPrimitives.ReadSingleLittleEndian(xlist.AsSpan(8 + (4 * i)));
        }

        var turned = abscissas[0] > abscissas[^1];
        if (turned)
        {
            Array.Reverse(abscissas);
        }

        var unit = WdfUnits.Of(BinaryPrimitives.ReadUInt32LittleEndian(xlist.AsSpan(4)));
        var isShift = BinaryPrimitives.ReadUInt32LittleEndian(xlist.AsSpan(4)) == 1;
        var axis = new Axis(isShift ? "Raman Shift" : unit == "nm" ? "Wavelength" : "x", header.Points, unit, AxisRole.Energy, Values: abscissas);
        var navigation = blocks.TryGetValue("WMAP", out var map) && map.Size >= 48
            ? Map(await source.ReadBlockAsync(map.Offset, 48, ct), header.Count) : [];
        if (navigation.Count == 0 && header.Count != 1)
        {
            navigation = [new Axis("spectrum", header.Count, "", AxisRole.Index)];
        }

        var kind = navigation.Count switch { 0 => SignalKind.Spectrum, 1 => SignalKind.SpectrumLine, _ => SignalKind.SpectrumImage };
        var name = header.Title.Length > 0 ? header.Title : Path.GetFileNameWithoutExtension(file.Name);
        var signal = new SignalHeader(name, kind, PixelType.Float32, [.. navigation, axis], AcquisitionMetadata.None, new MetadataTree(header.Tree)) { ValueUnit = header.Unit };
        List<ISignal> signals = [new WdfSignal(RawSignal.Of(signal, source, data.Offset), turned)];
        if (blocks.TryGetValue("WHTL", out var photo) && await WhiteLight.OpenAsync(new SliceSource(source, photo.Offset, photo.Size), name, ct) is { } whiteLight)
        {
            signals.Add(whiteLight);
        }

        return signals;
    }

    /// <summary>The steps of a complete raster, row by row, or of a line; none where the points lie otherwise: they are then counted.</summary>
    private static List<Axis> Map(ReadOnlySpan<byte> map, long count)
    {
        var flags = BinaryPrimitives.ReadUInt32LittleEndian(map);
        Span<double> start = stackalloc double[3], step = stackalloc double[3];
        Span<long> size = stackalloc long[3];
        for (var i = 0; i < 3; i++)
        {
            start[i] = BinaryPrimitives.ReadSingleLittleEndian(map[(8 + (4 * i))..]);
            step[i] = BinaryPrimitives.ReadSingleLittleEndian(map[(20 + (4 * i))..]);
            size[i] = BinaryPrimitives.ReadUInt32LittleEndian(map[(32 + (4 * i))..]);
        }

        if (flags == XyLine && size[0] == count && double.IsFinite(step[0]) && double.IsFinite(step[1]))
        {
            return [new Axis("Abs. Distance", count, "µm", AxisRole.Space, Math.Sqrt((step[0] * step[0]) + (step[1] * step[1])))];
        }

        return (flags & (RandomPoints | ColumnMajor)) == 0 && flags == 0 && size[2] == 1 && size[0] > 0 && count % size[0] == 0 && count / size[0] == size[1]
            && double.IsFinite(start[0]) && double.IsFinite(start[1]) && double.IsFinite(step[0]) && double.IsFinite(step[1])
            ? [new Axis("Y", size[1], "µm", AxisRole.Space, step[1], start[1]), new Axis("X", size[0], "µm", AxisRole.Space, step[0], start[0])] : [];
    }

    /// <summary>The first block of each name: where its contents begin and how long they are.</summary>
    private static async Task<Dictionary<string, (long Offset, long Size)>> BlocksAsync(IByteSource source, CancellationToken ct)
    {
        var blocks = new Dictionary<string, (long, long)>();
        for (long at = 0, i = 0; i < MostBlocks && source.Length - at >= BlockHeader; i++)
        {
            var head = await source.ReadBlockAsync(at, BlockHeader, ct);
            var size = BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(8));
            if (size < BlockHeader || size > (ulong)(source.Length - at))
            {
                break;     // what was read until here may do: Need says what is missing
            }

            blocks.TryAdd(WdfHeader.Text(head.AsSpan(0, 4)), (at + BlockHeader, (long)size - BlockHeader));
            at += (long)size;
        }

        return blocks;
    }

    private static (long Offset, long Size) Need(Dictionary<string, (long Offset, long Size)> blocks, string name, string file) =>
        blocks.TryGetValue(name, out var block) ? block : throw ProblemException.Unreadable($"{file} has no whole block {name} among its {blocks.Count}.");
}
