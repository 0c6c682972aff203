namespace CryoHub.Imaging.Pyramids;

/// <summary>One level of a pyramid: writes its slabs, and halves them into the next level while they are in memory.</summary>
internal sealed class PyramidLevel(ShardedArrayWriter array, Halving halving, bool halvesDepth, PyramidLevel? next, PlaneKeeper? keeper)
{
    private NativeBytes? slab;
    private int filled;

    private ArrayPlan Plan => array.Plan;

    /// <summary>Writes a slab; at most <see cref="ArrayPlan.SlabPlanes"/> planes, fewer only at the end of an outer index.</summary>
    public async Task WriteAsync(long outer, int firstPlane, ReadOnlyMemory<byte> planes, CancellationToken ct)
    {
        var count = planes.Length / Plan.PlaneBytes;
        keeper?.Offer((outer * Plan.Depth) + firstPlane, planes);
        await Task.WhenAll(
            Task.Run(() => array.WriteSlabAsync(outer, firstPlane / Plan.Shard.Depth, planes, count, ct), ct),
            next is null ? Task.CompletedTask : Task.Run(() => next.TakeAsync(outer, firstPlane, planes, Plan, ct), ct));
    }

    public async Task FinishAsync(CancellationToken ct)
    {
        slab?.Dispose();
        slab = null;
        await array.FinishAsync(ct);
        await (next?.FinishAsync(ct) ?? Task.CompletedTask);
    }

    private async Task TakeAsync(long outer, int firstPlane, ReadOnlyMemory<byte> planes, ArrayPlan from, CancellationToken ct)
    {
        var (step, channels) = (halvesDepth ? 2 : 1, SampleType.Of(from.Pixel).Channels);
        slab ??= new(Plan.SlabPlanes * Plan.PlaneBytes);
        for (var plane = 0; plane * from.PlaneBytes < planes.Length; plane += step)
        {
            var near = planes.Slice(plane * from.PlaneBytes, from.PlaneBytes);
            var far = halvesDepth && (plane + 1) * from.PlaneBytes < planes.Length ? planes.Slice((plane + 1) * from.PlaneBytes, from.PlaneBytes) : default;
            halving.Plane(near.Span, far.Span, from.Rows, from.Columns, channels, slab.GetSpan().Slice(filled * Plan.PlaneBytes, Plan.PlaneBytes));
            filled++;
            var at = (firstPlane + plane) / step;
            if (filled == Plan.SlabPlanes || at == Plan.Depth - 1)
            {
                await WriteAsync(outer, at + 1 - filled, slab.Memory[..(filled * Plan.PlaneBytes)], ct);
                filled = 0;
            }
        }
    }
}
