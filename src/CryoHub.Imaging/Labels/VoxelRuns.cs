namespace CryoHub.Imaging.Labels;

/// <summary>Sets of voxels as runs in the order of their indices, without overlap.</summary>
internal static class VoxelRuns
{
    /// <summary>Voxels for which <paramref name="holds"/>.</summary>
    public static List<VoxelRun> Where(IReadOnlyList<VoxelRun> runs, Func<int, bool> holds)
    {
        var kept = new List<VoxelRun>();
        foreach (var run in runs)
        {
            var start = run.Start;
            for (var i = run.Start; i <= run.End; i++)
            {
                if (i == run.End || !holds(i))
                {
                    if (i > start)
                    {
                        kept.Add(new(start, i - start));
                    }

                    start = i + 1;
                }
            }
        }

        return kept;
    }

    /// <summary>Voxels in both.</summary>
    public static List<VoxelRun> Overlap(IReadOnlyList<VoxelRun> a, IReadOnlyList<VoxelRun> b)
    {
        var both = new List<VoxelRun>();
        for (int i = 0, j = 0; i < a.Count && j < b.Count;)
        {
            var (start, end) = (Math.Max(a[i].Start, b[j].Start), Math.Min(a[i].End, b[j].End));
            if (start < end)
            {
                both.Add(new(start, end - start));
            }

            if (a[i].End < b[j].End)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return both;
    }

    /// <summary>Voxels in any of the runs, which may overlap and are sorted on the way.</summary>
    public static List<VoxelRun> Merge(List<VoxelRun> runs)
    {
        runs.Sort((a, b) => a.Start.CompareTo(b.Start));
        var merged = new List<VoxelRun>(runs.Count);
        foreach (var run in runs)
        {
            if (merged.Count > 0 && run.Start <= merged[^1].End)
            {
                merged[^1] = new(merged[^1].Start, Math.Max(merged[^1].End, run.End) - merged[^1].Start);
            }
            else
            {
                merged.Add(run);
            }
        }

        return merged;
    }
}
