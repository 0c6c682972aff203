namespace CryoHub.Imaging.Pyramids;

/// <summary>Chooses chunks and shards so that what is looked at together lies together, and so that writing needs a few slabs of memory at most.</summary>
internal static class ArrayPlans
{
    private const long MiB = 1 << 20;
    private const long LargestChunk = 4 * MiB;
    private const long LargestShard = 48 * MiB;

    /// <summary>A slab deeper than one chunk aims at this; the deepest chunks are made shallower where a slab would exceed <see cref="LargestSlab"/>.</summary>
    private const long FirstSlab = 32 * MiB, LaterSlab = 16 * MiB, LargestSlab = 256 * MiB;

    public static ArrayPlan For(SignalKind kind, PixelType pixel, IReadOnlyList<long> shape, int level)
    {
        var whole = new ArrayPlan(pixel, shape, default, default);
        var chunk = kind switch
        {
            SignalKind.Volume when shape.Count > 2 => VolumeChunk(whole),
            SignalKind.DiffractionScan when shape.Count > 2 => ScanChunk(whole),
            _ when kind.IsSpectral() => SpectralChunk(whole),
            _ when shape.Count == 1 || IsList(kind) => ListChunk(whole),
            _ => new Box(1, Math.Min(256, whole.Rows), Math.Min(256, whole.Columns)),
        };
        return whole with { Chunk = chunk, Shard = Shard(whole, chunk, level == 0 ? FirstSlab : LaterSlab) };
    }

    private static bool IsList(SignalKind kind) =>
        kind is SignalKind.Trace or SignalKind.Table or SignalKind.PointCloud or SignalKind.Structure or SignalKind.Model or SignalKind.Document;

    /// <summary>Whole rows, as many as make a mebibyte: lists are read from one end to the other, and small chunks would be a request each.</summary>
    private static Box ListChunk(ArrayPlan plan)
    {
        var columns = (int)Math.Min(plan.Columns, MiB / plan.PixelBytes);
        return new(1, (int)Math.Clamp(MiB / ((long)columns * plan.PixelBytes), 1, plan.Rows), columns);
    }

    private static Box VolumeChunk(ArrayPlan plan)
    {
        var depth = DepthWithin(plan, 64, least: 2);
        var side = depth >= 32 ? 64 : depth >= 8 ? 128 : 256;
        return new(Math.Min(depth, plan.Depth), Math.Min(side, plan.Rows), Math.Min(side, plan.Columns));
    }

    private static Box ScanChunk(ArrayPlan plan)
    {
        var pattern = new Box(1, Math.Min(256, plan.Rows), Math.Min(256, plan.Columns));
        var depth = Math.Min(DepthWithin(plan, 16, least: 1), (int)Math.Max(1, MiB / (pattern.Pixels * plan.PixelBytes)));
        return pattern with { Depth = Math.Min(depth, plan.Depth) };
    }

    private static Box SpectralChunk(ArrayPlan plan)
    {
        var depth = Math.Min(DepthWithin(plan, 16, least: 1), plan.Depth);
        var rows = Math.Min(16, plan.Rows);
        var parts = CeilDivide((long)depth * rows * plan.Columns * plan.PixelBytes, LargestChunk);
        return new(depth, rows, (int)CeilDivide(plan.Columns, parts));
    }

    /// <summary>The wanted depth, halved until a slab of that many planes fits.</summary>
    private static int DepthWithin(ArrayPlan plan, int wanted, int least)
    {
        while (wanted > least && wanted * (long)plan.PlaneBytes > LargestSlab)
        {
            wanted /= 2;
        }

        return wanted;
    }

    private static Box Shard(ArrayPlan plan, Box chunk, long slab)
    {
        var layers = Math.Clamp(slab / ((long)chunk.Depth * plan.PlaneBytes), 1, CeilDivide(plan.Depth, chunk.Depth));
        var depth = chunk.Depth * (int)layers;
        var rowParts = CeilDivide((long)depth * plan.PlaneBytes, LargestShard);
        var rows = RoundUp(CeilDivide(plan.Rows, rowParts), chunk.Rows);
        var columnParts = CeilDivide((long)depth * rows * plan.Columns * plan.PixelBytes, 64 * MiB);
        return new(depth, rows, RoundUp(CeilDivide(plan.Columns, columnParts), chunk.Columns));
    }

    private static long CeilDivide(long value, long by) => (value + by - 1) / by;

    private static int RoundUp(long value, int multiple) => (int)CeilDivide(value, multiple) * multiple;
}
