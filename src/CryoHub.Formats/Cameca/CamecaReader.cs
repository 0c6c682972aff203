using System.Buffers.Binary;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Cameca;

/// <summary>Secondary ion mass spectrometry of Cameca (NanoSIMS, IMS): images, isotope ratios, depth profiles, scans of instrument settings.</summary>
public sealed class CamecaReader : IFormatReader
{
    private const int MostBlocks = 256;
    private const int MostNumbers = 1 << 22;

    public FormatInfo Format { get; } = new(
        "cameca-sims", "Cameca SIMS", [".im", ".is", ".dp", ".hmr", ".phd", ".e0s", ".bs"],
        "images of all masses and planes with their raster, isotope and depth profiles, mass, pulse height and energy scans, beam stability", "line scans by stage control; tuning tables of the head",
        "https://github.com/zanpeeters/sims");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => CamecaHeader.Order(head) is null ? Match.No : Match.Certain;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var head = await CamecaHeader.ReadAsync(file.Bytes, ct);
        var name = Path.GetFileNameWithoutExtension(file.Name);
        if (head.Fields.Integer("data included") == 0)
        {
            throw ProblemException.Unreadable($"{file.Name} is {head.Fields.Text("analysis type")} and says that it holds no data, only settings.");
        }

        return head.Type switch
        {
            27 or 29 or 39 or 40 or 41 => [Image(file.Bytes, head, name)],
            21 or 26 => [await BlocksAsync(file.Bytes, head, name, "time", "s", ct)],
            35 => [await BlocksAsync(file.Bytes, head, name, "time", "s", ct)],
            25 => [await BlocksAsync(file.Bytes, head, name, "E0S", "", ct)],
            31 => [await BlocksAsync(file.Bytes, head, name, "deflection", "", ct)],
            32 => [await BlocksAsync(file.Bytes, head, name, "threshold", "", ct)],
            _ => throw ProblemException.Unreadable($"{file.Name} is an analysis of kind {head.Type} ({head.Fields.Text("analysis type")}), which is not read."),
        };
    }

    /// <summary>Planes hold an image of every mass; they are handed out mass by mass. The raster is in nanometres.</summary>
    private static CamecaImage Image(IByteSource file, CamecaHeader head, string name)
    {
        var image = head.Image;
        var pixel = image.Integer("bytes per pixel") switch
        {
            2 => PixelType.UInt16,
            4 => PixelType.UInt32,
            var bytes => throw ProblemException.Unreadable($"The image has {bytes} bytes a pixel; 2 and 4 are known."),
        };
        var (width, height) = (image.Integer("width"), image.Integer("height"));
        var raster = image.Positive("raster");
        Axis Length(string axis, long size) => raster is { } field && width > 0 ? new Axis(axis, size, "nm", AxisRole.Space, field / width) : new Axis(axis, size, "", AxisRole.Space);
        Axis[] stored = [new("frame", image.Integer("planes"), "", AxisRole.Frame), new("species", image.Integer("masses"), "", AxisRole.Channel), Length("y", height), Length("x", width)];
        var header = new SignalHeader(name, SignalKind.ImageStack, pixel, stored, head.Metadata, head.Original);
        return new CamecaImage(header with { Axes = [stored[1], stored[0], stored[2], stored[3]] }, RawSignal.Of(header, file, head.DataOffset, head.BigEndian));
    }

    /// <summary>A block a mass: how many points, their coordinates, their values.</summary>
    private static async Task<ISignal> BlocksAsync(IByteSource file, CamecaHeader head, string name, string axis, string unit, CancellationToken ct)
    {
        var at = head.DataOffset;
        var blocks = await IntegerAsync(file, at, head.BigEndian, ct);
        at += sizeof(int);
        if (blocks is < 1 or > MostBlocks)
        {
            throw ProblemException.Unreadable($"The data are said to have {blocks} blocks; 1 to {MostBlocks} are possible.");
        }

        double[] places = [];
        List<double[]> values = [];
        for (var block = 0; block < blocks; block++)
        {
            var points = await IntegerAsync(file, at, head.BigEndian, ct);
            if (points < 1 || (long)points * blocks > MostNumbers || (block > 0 && points != places.Length))
            {
                throw ProblemException.Unreadable($"Block {block} of {blocks} has {points} points, the first {places.Length}; all must have as many, at least one.");
            }

            var reader = new BlockReader(await file.ReadBlockAsync(at + sizeof(int), 16L * points, ct), head.BigEndian);
            var coordinates = Numbers(reader, points);
            places = block == 0 ? coordinates : places;
            values.Add(Numbers(reader, points));
            at += sizeof(int) + (16L * points);
        }

        Axis[] axes = [new("species", blocks, "", AxisRole.Channel), new(axis, places.Length, unit, unit == "s" ? AxisRole.Time : AxisRole.Index, Values: places)];
        var header = new SignalHeader(name, SignalKind.Trace, PixelType.Float64, axes, head.Metadata, (head with { Species = [.. head.Species.Take(blocks)] }).Original) { ValueUnit = "counts/s" };
        var pixels = new byte[8L * blocks * places.Length];
        for (var i = 0; i < blocks * places.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(pixels.AsSpan(8 * i), values[i / places.Length][i % places.Length]);
        }

        return new ArraySignal(header, pixels);
    }

    private static double[] Numbers(BlockReader reader, int count)
    {
        var numbers = new double[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = reader.Float64();
        }

        return numbers;
    }

    private static async Task<int> IntegerAsync(IByteSource file, long at, bool bigEndian, CancellationToken ct) => new BlockReader(await file.ReadBlockAsync(at, sizeof(int), ct), bigEndian).Int32();
}
