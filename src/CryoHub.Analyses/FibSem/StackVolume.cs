using System.Runtime.InteropServices;
using CryoHub.Imaging;
using CryoHub.Numerics.Registration;

namespace CryoHub.Analyses.FibSem;

/// <summary>Writes the volume: slices as they are, or resampled to cubes, linearly between slices and by cubic convolution along y.</summary>
internal static class StackVolume
{
    public static async Task WriteAsync(AnalysisRun run, SignalHeader header, StoredSlices slices, StackGeometry geometry, double[] positions, CancellationToken ct)
    {
        var rows = geometry.Isotropic ? Math.Max(1, (int)Math.Round(geometry.Rows * geometry.Stretch)) : geometry.Rows;
        var depth = geometry.Isotropic ? Math.Max(1, (int)Math.Floor((positions[^1] / geometry.Pixel) + 1e-9) + 1) : geometry.Slices;
        var volume = header with
        {
            Name = $"{header.Name}, aligned",
            Kind = SignalKind.Volume,
            Pixel = PixelType.Float32,
            Axes =
            [
                new Axis("z", depth, geometry.FileUnit, AxisRole.Space, geometry.Isotropic ? geometry.Pixel : geometry.Thickness),
                new Axis("y", rows, geometry.FileUnit, AxisRole.Space, geometry.Isotropic ? geometry.Pixel : geometry.Pixel * geometry.Stretch),
                new Axis("x", geometry.Columns, geometry.FileUnit, AxisRole.Space, geometry.Pixel),
            ],
        };
        Scratch.Require(volume.PixelCount * sizeof(float));
        var size = geometry.Rows * geometry.Columns;
        var (low, high, mixed, result) = (new float[size], new float[size], new float[size], new float[rows * geometry.Columns]);
        var (lowAt, highAt) = (-1, -1);
        await using var file = Scratch.File();
        await using (var writer = await run.Results.VolumeAsync("Volume", volume, ct))
        await using (var mrc = new MrcFile(file, volume))
        {
            for (var z = 0; z < depth; z++)
            {
                run.Progress.Report(new Step(0.7 + (0.3 * z / depth), $"Writing slice {z + 1} of {depth}"));
                var (index, share) = geometry.Isotropic ? Locate(positions, z * geometry.Pixel) : (z, 0);
                (low, high, lowAt, highAt) = highAt == index ? (high, low, highAt, lowAt) : (low, high, lowAt, highAt);
                if (lowAt != index)
                {
                    await slices.ReadAsync(lowAt = index, low, ct);
                }

                if (share > 0 && highAt != index + 1)
                {
                    await slices.ReadAsync(highAt = index + 1, high, ct);
                }

                for (var i = 0; i < size; i++)
                {
                    mixed[i] = share > 0 ? (float)(low[i] + (share * (high[i] - low[i]))) : low[i];
                }

                // y runs from the middle, so the rows' scale is that of the stretched pixel.
                new AffineSampling(1, 0, 0, geometry.Isotropic ? 1 / geometry.Stretch : 1, 0, 0).Cubic(mixed, geometry.Rows, geometry.Columns, result, rows, geometry.Columns, mixed[^1]);
                var bytes = MemoryMarshal.AsBytes(result.AsSpan()).ToArray();
                await writer.WriteSlabAsync(z, bytes, ct);
                await mrc.WriteSlabAsync(z, bytes, ct);
            }
        }

        await run.Results.FileAsync("volume.mrc", "application/x-mrc", file, ct);
        run.Results.Number("Voxel width (x)", geometry.Pixel, geometry.Unit);
        run.Results.Number("Voxel height (y)", geometry.Isotropic ? geometry.Pixel : geometry.Pixel * geometry.Stretch, geometry.Unit);
        run.Results.Number("Voxel depth (z)", geometry.Isotropic ? geometry.Pixel : geometry.Thickness, geometry.Unit);
        run.Results.Number("Stretch of y", geometry.Stretch, "");
        run.Results.Number("Depth of the stack", positions[^1], geometry.Unit);
    }

    /// <summary>The slice at or below a depth, and how far the depth lies on the way to the next.</summary>
    private static (int Slice, double Share) Locate(double[] positions, double at)
    {
        var index = Array.BinarySearch(positions, at);
        index = index >= 0 ? index : Math.Max(0, ~index - 1);
        return index >= positions.Length - 1 ? (positions.Length - 1, 0) : (index, Math.Clamp((at - positions[index]) / (positions[index + 1] - positions[index]), 0, 1));
    }
}
