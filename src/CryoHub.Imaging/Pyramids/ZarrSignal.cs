namespace CryoHub.Imaging.Pyramids;

/// <summary>Level 0 of a group that <see cref="PyramidWriter"/> or <see cref="VolumeWriter"/> wrote, in its native type: what analyses read. Safe for concurrent reads.</summary>
public sealed class ZarrSignal : ISignal
{
    private readonly ShardedArrayReader array;

    private ZarrSignal(SignalHeader header, ShardedArrayReader array) => (Header, this.array) = (header, array);

    public SignalHeader Header { get; }

    /// <param name="source">The group's root.</param>
    /// <param name="stored">The header that the database keeps, with all metadata; without it the group's own attributes are taken, which hold kind, type and axes only.</param>
    /// <param name="ct">Stops the reading of the headers.</param>
    public static async Task<ZarrSignal> OpenAsync(IZarrSource source, SignalHeader? stored, CancellationToken ct)
    {
        var group = await ZarrJson.ReadAsync(source, "zarr.json", ct);
        var written = CryoHubAttribute.Read(group["attributes"]![CryoHubAttribute.Name]!.AsObject());
        if (stored is not null && (stored.Pixel != written.Pixel || !stored.Shape.SequenceEqual(written.Shape)))
        {
            throw ProblemException.Unreadable(
                $"{stored.Name} should be {stored.Pixel.Name()} {string.Join(" x ", stored.Shape)}; stored is {written.Pixel.Name()} {string.Join(" x ", written.Shape)}.");
        }

        return new(stored ?? written, await ShardedArrayReader.OpenAsync(source, "0", written.Pixel, ct));
    }

    public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        var plan = array.Plan;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)frame, (ulong)(plan.Outer * plan.Depth), nameof(frame));
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, plan.PlaneBytes, nameof(destination));
        return array.ReadAsync(frame / plan.Depth, new((int)(frame % plan.Depth), 0, 0), new(1, plan.Rows, plan.Columns), destination, ct);
    }

    /// <summary>Reads a box: <paramref name="start"/> and <paramref name="count"/> name every axis, slowest first; C order into <paramref name="destination"/>.</summary>
    public async ValueTask ReadRegionAsync(IReadOnlyList<long> start, IReadOnlyList<long> count, Memory<byte> destination, CancellationToken ct)
    {
        var shape = Header.Shape;
        for (var axis = 0; axis < shape.Count; axis++)
        {
            if (start[axis] < 0 || count[axis] < 1 || count[axis] > shape[axis] - start[axis])
            {
                throw ProblemException.Invalid($"Axis {Header.Axes[axis].Name} has {shape[axis]} points; {count[axis]} from {start[axis]} were asked for.");
            }
        }

        var (at, size) = (Innermost(start, 0), Innermost(count, 1));
        var bytes = checked((int)(size.Pixels * array.Plan.PixelBytes));
        var leading = Math.Max(0, shape.Count - 3);
        var boxes = count.Take(leading).Aggregate(1L, (product, n) => product * n);
        for (var box = 0L; box < boxes; box++)
        {
            await array.ReadAsync(Outer(box, start, count, leading), at, size, destination.Slice(checked((int)(box * bytes)), bytes), ct);
        }
    }

    /// <summary>The last three numbers, with <paramref name="missing"/> for axes that are not there.</summary>
    private static Box Innermost(IReadOnlyList<long> numbers, int missing)
    {
        int[] three = [missing, missing, missing, .. numbers.Select(number => checked((int)number))];
        return new(three[^3], three[^2], three[^1]);
    }

    /// <summary>Index of the region's <paramref name="box"/>-th combination of leading indices, in the array's own count.</summary>
    private long Outer(long box, IReadOnlyList<long> start, IReadOnlyList<long> count, int leading)
    {
        var (outer, weight) = (0L, 1L);
        for (var axis = leading - 1; axis >= 0; axis--)
        {
            outer += (start[axis] + (box % count[axis])) * weight;
            weight *= Header.Shape[axis];
            box /= count[axis];
        }

        return outer;
    }
}
