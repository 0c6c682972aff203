using System.Runtime.InteropServices;
using CryoHub.Numerics.Registration;

namespace CryoHub.Analyses.FibSem;

/// <summary>Cleaned slices in a temporary file, read back at their corrected places and, where levels are given, with the mean level and spread of the slices around.</summary>
internal sealed class StoredSlices(FileStream store, StackGeometry geometry, (double X, double Y)[] shifts, (double Median, double Spread)[]? levels)
{
    private const int Around = 15; // slices on either side

    private readonly byte[] bytes = new byte[sizeof(float) * geometry.Rows * geometry.Columns];

    /// <summary>Slice <paramref name="z"/> with its shift undone; beyond its border its mean.</summary>
    public async Task ReadAsync(int z, float[] slice, CancellationToken ct)
    {
        await RandomAccess.ReadAsync(store.SafeFileHandle, bytes, (long)z * bytes.Length, ct);
        var read = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        Match(read, z);
        if (shifts[z] == (0, 0))
        {
            read.CopyTo(slice, 0);
            return;
        }

        AffineSampling.Shift(shifts[z].X, shifts[z].Y).Cubic(read, geometry.Rows, geometry.Columns, slice, geometry.Rows, geometry.Columns, read.Average());
    }

    private void Match(float[] slice, int z)
    {
        if (levels is null)
        {
            return;
        }

        var near = levels[Math.Max(0, z - Around)..Math.Min(levels.Length, z + Around + 1)];
        var (median, spread) = (near.Average(level => level.Median), near.Average(level => level.Spread));
        var gain = levels[z].Spread > 0 ? spread / levels[z].Spread : 1;
        for (var i = 0; i < slice.Length; i++)
        {
            slice[i] = (float)(((slice[i] - levels[z].Median) * gain) + median);
        }
    }
}
