using CryoHub.Imaging;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.Volumes;

/// <summary>Reads a volume or a box of it.</summary>
internal static class VolumeReader
{
    /// <summary>The box as float32 [z, y, x].</summary>
    public static async Task<float[]> ReadAsync(ISignal signal, VolumeShape shape, VolumeBox box, IProgress<Step> progress, double share, CancellationToken ct)
    {
        var volume = new float[box.Depth * box.Height * box.Width];
        var whole = box.Height == shape.Height && box.Width == shape.Width;
        var slice = whole ? [] : new float[shape.Plane];
        for (var z = 0; z < box.Depth; z++)
        {
            ct.ThrowIfCancellationRequested();
            progress.Report(new Step(share * z / box.Depth, $"Reading slice {z + 1} of {box.Depth}"));
            var target = volume.AsMemory(z * box.Height * box.Width, box.Height * box.Width);
            await signal.ReadAsync(box.Z + z, whole ? target : slice, ct);
            for (var y = 0; y < box.Height && !whole; y++)
            {
                slice.AsSpan(((box.Y + y) * shape.Width) + box.X, box.Width).CopyTo(target.Span[(y * box.Width)..]);
            }
        }

        return volume;
    }

    /// <summary>Refuses voxels without a value.</summary>
    public static void RequireValues(float[] volume, VolumeShape shape, string what)
    {
        var first = Array.FindIndex(volume, value => !float.IsFinite(value));
        if (first >= 0)
        {
            throw ProblemException.Invalid(
                $"{what} holds {volume.Count(value => !float.IsFinite(value))} of {volume.Length} voxels without a value (NaN or infinite), the first at x {first % shape.Width}, y {first / shape.Width % shape.Height}, z {first / shape.Plane}.");
        }
    }
}
