namespace CryoHub.Imaging.Pyramids;

/// <summary>Writes a signal as a sharded zarr v3 group, in one pass over its frames and in memory that does not grow with their number.</summary>
public static class PyramidWriter
{
    /// <summary>A second slab, read while the first is written, is worth its memory up to this size.</summary>
    private const int LargestDouble = 64 << 20;

    /// <param name="signal">Frames are asked for once each, in order.</param>
    /// <param name="store">The group's root: keys begin with <c>zarr.json</c>, <c>0/</c>, <c>navigator/</c> ...</param>
    /// <param name="progress">Fraction of the frames that are written.</param>
    /// <param name="ct">Stops between frames.</param>
    /// <exception cref="ProblemException">The signal has no pixels, or its frames cannot be read.</exception>
    public static async Task<SignalSummary> WriteAsync(ISignal signal, IZarrStore store, IProgress<double>? progress, CancellationToken ct)
    {
        var encoder = new SignalEncoder(signal.Header, store);
        var plan = encoder.Plan;
        var bytes = checked(plan.SlabPlanes * plan.PlaneBytes);
        using (var first = new NativeBytes(bytes))
        using (var second = bytes <= LargestDouble ? new NativeBytes(bytes) : null)
        {
            await WriteSlabsAsync(signal, encoder, first.Memory, (second ?? first).Memory, progress, ct);
        }

        var summary = await encoder.FinishAsync(ct);
        progress?.Report(1);
        return summary;
    }

    private static async Task WriteSlabsAsync(ISignal signal, SignalEncoder encoder, Memory<byte> even, Memory<byte> odd, IProgress<double>? progress, CancellationToken ct)
    {
        var plan = encoder.Plan;
        var (writing, turn, planesRead, total) = (Task.CompletedTask, 0, 0L, plan.Outer * plan.Depth);
        try
        {
            for (var outer = 0L; outer < plan.Outer; outer++)
            {
                for (var first = 0; first < plan.Depth; first += plan.SlabPlanes)
                {
                    var slab = turn++ % 2 == 0 ? even : odd;
                    if (even.Equals(odd))
                    {
                        await writing;
                    }

                    var count = Math.Min(plan.SlabPlanes, plan.Depth - first);
                    for (var plane = 0; plane < count; plane++)
                    {
                        ct.ThrowIfCancellationRequested();
                        await signal.ReadFrameAsync(planesRead++, slab.Slice(plane * plan.PlaneBytes, plan.PlaneBytes), ct);
                    }

                    await writing;
                    progress?.Report((double)(planesRead - count) / total);
                    writing = encoder.WriteSlabAsync(outer, first, slab[..(count * plan.PlaneBytes)], ct);
                }
            }
        }
        finally
        {
            await writing;   // nothing may still write when the caller hears of a failure
        }
    }
}
