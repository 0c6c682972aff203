using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Volumes;

/// <summary>
/// Local thickness (Hildebrand and Ruegsegger, J. Microsc. 185 (1997) 67, doi:10.1046/j.1365-2818.1997.1340694.x): for each voxel the radius of the largest
/// ball that lies in the mask and holds the voxel.
/// </summary>
public static class LocalThickness
{
    private static readonly (int Z, int Y, int X)[] Around = [.. Enumerable.Range(0, 27).Where(n => n != 13).Select(n => ((n / 9) - 1, (n / 3 % 3) - 1, (n % 3) - 1))];

    /// <summary>The voxels of slices <paramref name="first"/> and following whose balls no neighbour's ball holds: all others add nothing.</summary>
    /// <param name="distance">Distances to the outside, 0 outside, of the whole volume.</param>
    /// <param name="shape">Sizes of the volume.</param>
    /// <param name="size">Voxel edges.</param>
    /// <param name="first">First slice.</param>
    /// <param name="count">How many slices.</param>
    public static List<int> Ridge(ReadOnlySpan<float> distance, VolumeShape shape, VoxelSize size, int first, int count)
    {
        Span<double> steps = stackalloc double[Around.Length];
        for (var n = 0; n < steps.Length; n++)
        {
            var (dz, dy, dx) = Around[n];
            steps[n] = Math.Sqrt((dz * dz * size.Z * size.Z) + (dy * dy * size.Y * size.Y) + (dx * dx * size.X * size.X)) * (1 - 1e-6); // a hair less for the rounding of the roots
        }

        var ridge = new List<int>();
        for (var i = first * shape.Plane; i < (first + count) * shape.Plane; i++)
        {
            if (distance[i] > 0 && !IsHeld(distance, shape, i, steps))
            {
                ridge.Add(i);
            }
        }

        return ridge;
    }

    /// <summary>Raises the radii of slices <paramref name="first"/> and following to those of the balls around <paramref name="ridge"/>; <paramref name="radii"/> holds just these slices.</summary>
    public static void Paint(ReadOnlySpan<float> distance, VolumeShape shape, VoxelSize size, ReadOnlySpan<int> ridge, int first, int count, Span<float> radii)
    {
        foreach (var centre in ridge)
        {
            var radius = (double)distance[centre];
            var square = radius * radius * (1 - 1e-6); // float32 roots must not put a voxel at just that distance inside
            var (z, y, x) = (centre / shape.Plane, centre / shape.Width % shape.Height, centre % shape.Width);
            var reach = Reach(square, size.Z);
            for (var dz = Math.Max(-reach, first - z); dz <= Math.Min(reach, first + count - 1 - z); dz++)
            {
                var left = square - (dz * dz * size.Z * size.Z);
                var rows = Reach(left, size.Y);
                for (var dy = Math.Max(-rows, -y); dy <= Math.Min(rows, shape.Height - 1 - y); dy++)
                {
                    var columns = Reach(left - (dy * dy * size.Y * size.Y), size.X);
                    if (columns >= 0)
                    {
                        var (start, end) = (Math.Max(0, x - columns), Math.Min(shape.Width - 1, x + columns));
                        Raise(radii.Slice(shape.Index(z + dz - first, y + dy, start), end - start + 1), distance[centre]);
                    }
                }
            }
        }
    }

    /// <summary>The most steps whose length squared stays below <paramref name="square"/>; -1 where none does.</summary>
    private static int Reach(double square, double step) => square <= 0 ? -1 : (int)Math.Min(int.MaxValue / 2, Math.Ceiling(Math.Sqrt(square) / step) - 1);

    private static bool IsHeld(ReadOnlySpan<float> distance, VolumeShape shape, int at, ReadOnlySpan<double> steps)
    {
        var (z, y, x) = (at / shape.Plane, at / shape.Width % shape.Height, at % shape.Width);
        for (var n = 0; n < Around.Length; n++)
        {
            var (dz, dy, dx) = Around[n];
            if ((uint)(z + dz) < (uint)shape.Depth && (uint)(y + dy) < (uint)shape.Height && (uint)(x + dx) < (uint)shape.Width
                && distance[at + (((dz * shape.Height) + dy) * shape.Width) + dx] >= distance[at] + steps[n])
            {
                return true;
            }
        }

        return false;
    }

    private static void Raise(Span<float> line, float radius)
    {
        var wide = MemoryMarshal.Cast<float, Vector<float>>(line);
        var lane = new Vector<float>(radius);
        foreach (ref var values in wide)
        {
            values = Vector.MaxNative(values, lane);
        }

        for (var i = wide.Length * Vector<float>.Count; i < line.Length; i++)
        {
            line[i] = Math.Max(line[i], radius);
        }
    }
}
