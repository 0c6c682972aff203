using CryoHub.Analyses.Volumes;

namespace CryoHub.Analyses.VolumeSegment;

/// <summary>Magnitude of the central differences in 65,536 levels between 0 and the steepest.</summary>
internal static class Gradient
{
    public static ushort[] Levels(VolumeWork work, float[] volume)
    {
        var shape = work.Shape;
        var magnitude = new float[volume.Length];
        work.Slabs((first, count) =>
        {
            for (var i = first * shape.Plane; i < (first + count) * shape.Plane; i++)
            {
                var (z, y, x) = (i / shape.Plane, i / shape.Width % shape.Height, i % shape.Width);
                var dx = volume[x + 1 < shape.Width ? i + 1 : i] - volume[x > 0 ? i - 1 : i];
                var dy = volume[y + 1 < shape.Height ? i + shape.Width : i] - volume[y > 0 ? i - shape.Width : i];
                var dz = volume[z + 1 < shape.Depth ? i + shape.Plane : i] - volume[z > 0 ? i - shape.Plane : i];
                magnitude[i] = MathF.Sqrt((dx * dx) + (dy * dy) + (dz * dz));
            }
        });
        var scale = magnitude.Max() is var most && most > 0 ? 65535 / most : 0;
        return [.. magnitude.Select(value => (ushort)(value * scale))];
    }
}
