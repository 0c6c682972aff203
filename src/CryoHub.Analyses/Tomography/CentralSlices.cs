using System.Runtime.InteropServices;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tomography;

/// <summary>Collects the three slices through the middle of a volume while its slabs go by.</summary>
internal sealed class CentralSlices(SignalHeader volume)
{
    private readonly int depth = (int)volume.Axes[0].Size;
    private readonly int height = (int)volume.Axes[1].Size;
    private readonly int width = (int)volume.Axes[2].Size;
    private readonly float[] xy = new float[volume.Axes[1].Size * volume.Axes[2].Size];
    private readonly float[] xz = new float[volume.Axes[0].Size * volume.Axes[2].Size];
    private readonly float[] zy = new float[volume.Axes[0].Size * volume.Axes[1].Size];

    public void Take(int firstSlice, ReadOnlyMemory<byte> slices)
    {
        var slab = MemoryMarshal.Cast<byte, float>(slices.Span);
        for (var slice = 0; slice * width * height < slab.Length; slice++)
        {
            var z = firstSlice + slice;
            var plane = slab.Slice(slice * width * height, width * height);
            if (z == depth / 2)
            {
                plane.CopyTo(xy);
            }

            plane.Slice(height / 2 * width, width).CopyTo(xz.AsSpan(z * width));
            for (var y = 0; y < height; y++)
            {
                zy[(y * depth) + z] = plane[(y * width) + (width / 2)];
            }
        }
    }

    public async Task WriteAsync(IResultSink results, CancellationToken ct)
    {
        var (z, y, x) = (volume.Axes[0], volume.Axes[1], volume.Axes[2]);
        await results.ImageAsync("Central slice xy", Header("Central slice xy", y, x), xy, ct);
        await results.ImageAsync("Central slice xz", Header("Central slice xz", z, x), xz, ct);
        await results.ImageAsync("Central slice zy", Header("Central slice zy", y, z), zy, ct);
    }

    private static SignalHeader Header(string name, Axis vertical, Axis horizontal) => new(name, SignalKind.Image, PixelType.Float32, [vertical, horizontal], AcquisitionMetadata.None, MetadataTree.Empty);
}
