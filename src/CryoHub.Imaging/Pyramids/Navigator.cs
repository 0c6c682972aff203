using System.Runtime.InteropServices;
using CryoHub.Imaging.Statistics;

namespace CryoHub.Imaging.Pyramids;

/// <summary>The picture one navigates a spectrum image or a diffraction scan by: each pixel is the sum of its spectrum or pattern.</summary>
internal sealed class Navigator
{
    public const string Prefix = "navigator/";

    private readonly SignalHeader header;
    private readonly int signalPixels;
    private readonly float[] sums;
    private readonly double[] wide = new double[4096];

    public Navigator(SignalHeader signal)
    {
        var navigation = signal.Axes.Take(signal.Axes.Count - SignalRank(signal.Kind)).ToList();
        var kind = navigation.Count == 2 ? SignalKind.Image : SignalKind.ImageStack;
        header = new($"{signal.Name} (sum)", kind, PixelType.Float32, navigation, signal.Metadata, signal.Original);
        signalPixels = checked((int)(signal.PixelCount / header.PixelCount));
        sums = new float[checked((int)header.PixelCount)];
    }

    /// <summary>True where there are two navigation axes at least.</summary>
    public static bool Suits(SignalHeader signal) =>
        signal.Kind is SignalKind.SpectrumImage or SignalKind.DiffractionScan && signal.Axes.Count - SignalRank(signal.Kind) >= 2 && !signal.Pixel.IsColour();

    /// <summary>Adds whole planes, of which <paramref name="firstPlane"/> planes came before; complex pixels come as their modulus.</summary>
    public void Add(PixelType pixel, long firstPlane, long planePixels, ReadOnlySpan<byte> planes)
    {
        var to = sums.AsSpan((int)(firstPlane * planePixels / signalPixels));
        var bytes = signalPixels * pixel.Bytes();
        for (var i = 0; i * bytes < planes.Length; i++)
        {
            to[i] = (float)Sum(pixel, planes.Slice(i * bytes, bytes));
        }
    }

    public async Task<PlaneKeeper?> WriteAsync(IZarrStore store, CancellationToken ct)
    {
        var image = new Multiscale(header, PixelType.Float32, Prefix, store);
        var pixels = MemoryMarshal.AsBytes(sums.AsSpan()).ToArray();
        using var slabs = new SlabFiller(image.Plan, image.WriteAsync);
        await slabs.AddAsync(pixels, ct);
        await image.FinishAsync(ct);
        await store.PutAsync(Prefix + "zarr.json", ZarrDocuments.Group(new() { ["ome"] = image.Attribute() }), ct);
        return image.Thumbnail;
    }

    private static int SignalRank(SignalKind kind) => kind == SignalKind.DiffractionScan ? 2 : 1;

    private double Sum(PixelType pixel, ReadOnlySpan<byte> values)
    {
        var (sum, step) = (0.0, wide.Length * pixel.Bytes());
        for (var start = 0; start < values.Length; start += step)
        {
            var block = values[start..Math.Min(values.Length, start + step)];
            var numbers = wide.AsSpan(0, block.Length / pixel.Bytes());
            PixelConversion.ToDouble(pixel, block, numbers);
            foreach (var number in numbers)
            {
                sum += number;
            }
        }

        return sum;
    }
}
