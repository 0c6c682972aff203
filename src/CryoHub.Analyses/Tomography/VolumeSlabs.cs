namespace CryoHub.Analyses.Tomography;

/// <summary>Goes through a volume slab by slab.</summary>
internal static class VolumeSlabs
{
    /// <summary>The filter's share of the progress, before the first slab.</summary>
    public const double FilterShare = 0.3;

    /// <summary>Hands every slab, with its first slice, to <paramref name="take"/>; its memory is used again for the next.</summary>
    public static async Task ReadAsync(IVolumeSlabs slabs, TomogramPlan plan, int rows, AnalysisRun run, Func<int, ReadOnlyMemory<byte>, Task> take, CancellationToken ct)
    {
        var sliceBytes = sizeof(float) * plan.Grid.Across * rows;
        var slab = new byte[slabs.SlabSlices * sliceBytes];
        for (var first = 0; first < plan.Depth; first += slabs.SlabSlices)
        {
            var count = Math.Min(slabs.SlabSlices, plan.Depth - first);
            run.Progress.Report(new Step(FilterShare + ((1 - FilterShare) * first / plan.Depth), $"Reconstructing slice {first + 1} of {plan.Depth}"));
            await slabs.FillAsync(first, count, slab.AsMemory(0, count * sliceBytes), run.Parallel(ct));
            await take(first, slab.AsMemory(0, count * sliceBytes));
        }
    }
}
