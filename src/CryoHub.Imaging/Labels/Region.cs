namespace CryoHub.Imaging.Labels;

/// <summary>Connected regions of a slice, as the runs of a <see cref="StrokeKind.Rows"/> stroke.</summary>
public static class Region
{
    /// <summary>Pixels that are joined to a seed by neighbours along rows and columns (not diagonally), all of which belong.</summary>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="x">Column of the seed.</param>
    /// <param name="y">Row of the seed.</param>
    /// <param name="slice">Where the runs lie.</param>
    /// <param name="belongs">Whether the pixel of this index (rows one after the other) may be in the region.</param>
    /// <returns>z, y, first x, last x of each run, by rows; empty where the seed itself does not belong.</returns>
    public static List<double> Around(int width, int height, int x, int y, int slice, Func<int, bool> belongs)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)x, (uint)width, nameof(x));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)height, nameof(y));
        var taken = new bool[width * height];
        var seeds = new Stack<(int X, int Y)>([(x, y)]);
        while (seeds.TryPop(out var seed))
        {
            var row = seed.Y * width;
            if (taken[row + seed.X] || !belongs(row + seed.X))
            {
                continue;
            }

            var (first, last) = (seed.X, seed.X);
            while (first > 0 && !taken[row + first - 1] && belongs(row + first - 1))
            {
                first--;
            }

            while (last < width - 1 && !taken[row + last + 1] && belongs(row + last + 1))
            {
                last++;
            }

            taken.AsSpan(row + first, last - first + 1).Fill(true);
            foreach (var beside in (ReadOnlySpan<int>)[seed.Y - 1, seed.Y + 1])
            {
                if ((uint)beside >= (uint)height)
                {
                    continue;
                }

                for (var i = first; i <= last; i++)
                {
                    if (!taken[(beside * width) + i] && belongs((beside * width) + i))
                    {
                        seeds.Push((i, beside));
                    }
                }
            }
        }

        return RunsOf(taken, width, slice);
    }

    /// <summary>The runs of a mask on a slice, rows one after the other.</summary>
    public static List<double> RunsOf(ReadOnlySpan<bool> mask, int width, int slice)
    {
        var runs = new List<double>();
        for (var start = 0; start < mask.Length; start += width)
        {
            var row = mask.Slice(start, width);
            for (var x = row.IndexOf(true); x >= 0 && x < width;)
            {
                var length = row[x..].IndexOf(false) is var end && end < 0 ? width - x : end;
                runs.AddRange([slice, start / width, x, x + length - 1]);
                var next = row[(x + length)..].IndexOf(true);
                x = next < 0 ? -1 : x + length + next;
            }
        }

        return runs;
    }
}
