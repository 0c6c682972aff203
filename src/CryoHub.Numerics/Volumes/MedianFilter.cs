using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Volumes;

/// <summary>
/// The median of the 3 x 3 x 3 voxels around each voxel; beyond its faces the volume is mirrored. Nine rows are sorted against each other by a network of 25
/// comparisons, voxel by voxel; of the three sorted columns around a voxel 13 of the 27 values can be the median, and a second network finds it.
/// </summary>
public static class MedianFilter
{
    private const int Columns = 9;
    private const int Candidates = 13;

    private static readonly (int A, int B)[] SortNine =
    [
        (0, 3), (1, 7), (2, 5), (4, 8), (0, 7), (2, 4), (3, 8), (5, 6), (0, 2), (1, 3), (4, 5), (7, 8), (1, 4),
        (3, 6), (5, 7), (0, 1), (2, 4), (3, 5), (6, 8), (2, 3), (4, 5), (6, 7), (1, 2), (3, 4), (5, 6),
    ];

    private static readonly List<(int A, int B)> MedianOfThirteen = [];
    private static readonly int MedianRow = Forget(Candidates, MedianOfThirteen);

    /// <summary>Filters slices <paramref name="first"/> and following of <paramref name="volume"/> into <paramref name="result"/>, which holds just these. Voxels must be finite.</summary>
    public static void Slab(ReadOnlySpan<float> volume, VolumeShape shape, int first, int count, Span<float> result)
    {
        var length = shape.Width + 2;
        var rows = ArrayPool<float>.Shared.Rent((Columns * length) + (Candidates * shape.Width));
        try
        {
            var sorted = rows.AsSpan(0, Columns * length);
            var middle = rows.AsSpan(Columns * length, Candidates * shape.Width);
            for (var slice = 0; slice < count; slice++)
            {
                for (var y = 0; y < shape.Height; y++)
                {
                    Gather(volume, shape, first + slice, y, sorted);
                    Apply(SortNine, sorted, length);
                    Select(sorted, length, shape.Width, middle);
                    Apply(MedianOfThirteen, middle, shape.Width);
                    middle.Slice(MedianRow * shape.Width, shape.Width).CopyTo(result[((slice * shape.Plane) + (y * shape.Width))..]);
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rows);
        }
    }

    private static void Gather(ReadOnlySpan<float> volume, VolumeShape shape, int z, int y, Span<float> rows)
    {
        var length = shape.Width + 2;
        for (var i = 0; i < Columns; i++)
        {
            var (dz, dy) = (Mirror.Of(z + (i / 3) - 1, shape.Depth), Mirror.Of(y + (i % 3) - 1, shape.Height));
            Mirror.Pad(volume.Slice(shape.Index(dz, dy, 0), shape.Width), 1, rows.Slice(i * length, length));
        }
    }

    /// <summary>Puts the smaller of each compared pair into the first row, the larger into the second.</summary>
    private static void Apply(IReadOnlyList<(int A, int B)> network, Span<float> rows, int length)
    {
        foreach (var (a, b) in network)
        {
            var low = rows.Slice(a * length, length);
            var high = rows.Slice(b * length, length);
            var lowWide = MemoryMarshal.Cast<float, Vector<float>>(low);
            var highWide = MemoryMarshal.Cast<float, Vector<float>>(high);
            for (var i = 0; i < lowWide.Length; i++)
            {
                var (x, y) = (lowWide[i], highWide[i]);
                lowWide[i] = Vector.MinNative(x, y);
                highWide[i] = Vector.MaxNative(x, y);
            }

            for (var i = lowWide.Length * Vector<float>.Count; i < length; i++)
            {
                (low[i], high[i]) = (Math.Min(low[i], high[i]), Math.Max(low[i], high[i]));
            }
        }
    }

    /// <summary>
    /// Sorted rank by rank too, the 9 x 3 values around a voxel ascend in both directions; those that are certainly below or above 13 others are left out:
    /// kept are the lowest of ranks 5 to 8, the middle of ranks 2 to 6 and the highest of ranks 0 to 3.
    /// </summary>
    private static void Select(ReadOnlySpan<float> sorted, int length, int width, Span<float> candidates)
    {
        var row = 0;
        for (var rank = 0; rank < Columns; rank++)
        {
            var line = sorted.Slice(rank * length, length);
            var lowest = rank >= 5 ? candidates.Slice(row++ * width, width) : default;
            var middle = rank is >= 2 and <= 6 ? candidates.Slice(row++ * width, width) : default;
            var highest = rank <= 3 ? candidates.Slice(row++ * width, width) : default;
            var lanes = Vector<float>.Count;
            var i = 0;
            for (; i <= width - lanes; i += lanes)
            {
                var (a, b, c) = (new Vector<float>(line[i..]), new Vector<float>(line[(i + 1)..]), new Vector<float>(line[(i + 2)..]));
                var (low, high) = (Vector.MinNative(a, b), Vector.MaxNative(a, b));
                Store(Vector.MinNative(low, c), lowest, i);
                Store(Vector.MaxNative(low, Vector.MinNative(high, c)), middle, i);
                Store(Vector.MaxNative(high, c), highest, i);
            }

            for (; i < width; i++)
            {
                var (low, high) = (Math.Min(line[i], line[i + 1]), Math.Max(line[i], line[i + 1]));
                Store(Math.Min(low, line[i + 2]), lowest, i);
                Store(Math.Max(low, Math.Min(high, line[i + 2])), middle, i);
                Store(Math.Max(high, line[i + 2]), highest, i);
            }
        }
    }

    private static void Store(Vector<float> value, Span<float> row, int at)
    {
        if (!row.IsEmpty)
        {
            value.CopyTo(row[at..]);
        }
    }

    private static void Store(float value, Span<float> row, int at)
    {
        if (!row.IsEmpty)
        {
            row[at] = value;
        }
    }

    /// <summary>
    /// Forgetful selection: of just over half of the values the lowest and the highest cannot be the median, so they go and the next value comes. The row of the
    /// last one left holds the median.
    /// </summary>
    private static int Forget(int count, List<(int A, int B)> network)
    {
        List<int> held = [.. Enumerable.Range(0, (count / 2) + 2)];
        for (var next = held.Count; ; next++)
        {
            var m = held.Count;
            network.AddRange(Enumerable.Range(0, m / 2).Select(i => (held[i], held[m - 1 - i])));
            network.AddRange(Enumerable.Range(1, ((m + 1) / 2) - 1).Select(i => (held[0], held[i])));
            network.AddRange(Enumerable.Range(1, ((m + 1) / 2) - 1).Select(i => (held[m - 1 - i], held[m - 1])));
            held = held[1..^1];
            if (held.Count == 1)
            {
                return held[0];
            }

            held.Add(next);
        }
    }
}
