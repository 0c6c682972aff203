namespace CryoHub.Imaging.Pyramids;

/// <summary>Collects planes that come in any portions and passes them on as the slabs of a plan.</summary>
internal sealed class SlabFiller(ArrayPlan plan, Func<long, int, ReadOnlyMemory<byte>, CancellationToken, Task> write) : IDisposable
{
    private readonly NativeBytes slab = new(checked(plan.SlabPlanes * plan.PlaneBytes));
    private int filled;

    /// <summary>Planes taken so far.</summary>
    public long Planes { get; private set; }

    public async Task AddAsync(ReadOnlyMemory<byte> planes, CancellationToken ct)
    {
        while (!planes.IsEmpty)
        {
            var (outer, at) = (Planes / plan.Depth, (int)(Planes % plan.Depth));
            var wanted = Math.Min(plan.SlabPlanes - filled, plan.Depth - at);
            var taken = Math.Min(wanted, planes.Length / plan.PlaneBytes);
            planes[..(taken * plan.PlaneBytes)].CopyTo(slab.Memory[(filled * plan.PlaneBytes)..]);
            planes = planes[(taken * plan.PlaneBytes)..];
            filled += taken;
            Planes += taken;
            if (taken == wanted)
            {
                var whole = filled;
                filled = 0;
                await write(outer, at + taken - whole, slab.Memory[..(whole * plan.PlaneBytes)], ct);
            }
        }
    }

    public void Dispose() => slab.Dispose();
}
