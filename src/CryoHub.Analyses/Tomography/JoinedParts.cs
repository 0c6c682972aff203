using System.Buffers;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tomography;

/// <summary>Slices [y, x] put together from parts [z, rows of the part, x], which lie one after the other along y.</summary>
internal sealed class JoinedParts : IVolumeSlabs
{
    private const long SlabBytes = 64L << 20;

    private readonly TomogramPlan plan;
    private readonly IReadOnlyList<IByteSource> parts;

    /// <summary>The parts, each with <paramref name="appendix"/> bytes behind its voxels that are somebody else's.</summary>
    /// <exception cref="InvalidOperationException">A part has another length than its rows say.</exception>
    public JoinedParts(TomogramPlan plan, IReadOnlyList<IByteSource> parts, long appendix = 0)
    {
        (this.plan, this.parts) = (plan, parts);
        for (var part = 0; part < parts.Count; part++)
        {
            var wanted = (RowBytes * plan.PartOf(part, parts.Count).Rows * plan.Depth) + appendix;
            if (parts[part].Length != wanted)
            {
                throw new InvalidOperationException($"Part {part + 1} of {parts.Count} has {parts[part].Length} bytes instead of {wanted}.");
            }
        }

        SlabSlices = (int)Math.Clamp(SlabBytes / (RowBytes * plan.Grid.Along), 1, plan.Depth);
    }

    public int SlabSlices { get; }

    private long RowBytes => sizeof(float) * (long)plan.Grid.Across;

    public Task FillAsync(int firstSlice, int slices, Memory<byte> slab, ParallelOptions options) =>
        Parallel.ForAsync(0, parts.Count, options, async (part, ct) => await FillAsync(part, firstSlice, slices, slab, ct));

    private async Task FillAsync(int part, int firstSlice, int slices, Memory<byte> slab, CancellationToken ct)
    {
        var range = plan.PartOf(part, parts.Count);
        var (mine, whole) = ((int)(RowBytes * range.Rows), (int)(RowBytes * plan.Grid.Along));
        var read = ArrayPool<byte>.Shared.Rent(slices * mine);
        try
        {
            await parts[part].ReadAsync((long)firstSlice * mine, read.AsMemory(0, slices * mine), ct);
            for (var slice = 0; slice < slices; slice++)
            {
                read.AsSpan(slice * mine, mine).CopyTo(slab.Span[((slice * whole) + (int)(RowBytes * range.FirstRow))..]);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(read);
        }
    }
}
