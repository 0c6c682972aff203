using System.Text.Json.Nodes;

namespace CryoHub.Imaging.Pyramids;

/// <summary>An OME-Zarr 0.5 multiscale image: arrays <c>0</c>, <c>1</c>, ... below a prefix, each half of the one before in y and x (and z of a volume) until a plane fits 256 x 256.</summary>
internal sealed class Multiscale
{
    private const int LastLevel = 256;
    private const int LargestThumbnail = 512;

    private readonly PyramidLevel first;
    private readonly IReadOnlyList<ArrayPlan> plans;
    private readonly IReadOnlyList<Axis> axes;
    private readonly string name;
    private readonly PixelType pixel;

    /// <param name="header">Kind and axes; a volume is halved in depth too.</param>
    /// <param name="pixel">Type of the pixels that come.</param>
    /// <param name="prefix">Empty, or a path with a trailing slash.</param>
    /// <param name="store">Where the arrays go.</param>
    /// <param name="labels">True where pixel values are names, not amounts.</param>
    public Multiscale(SignalHeader header, PixelType pixel, string prefix, IZarrStore store, bool labels = false)
    {
        (axes, name, this.pixel) = (header.Axes, header.Name, pixel);
        var deep = header.Kind == SignalKind.Volume && axes.Count > 2;
        plans = Plans(header.Kind, pixel, header.Shape, deep);
        var names = OmeAxes.Names(axes, pixel);
        var halving = Halving.For(SampleType.SampleOf(pixel), labels);
        PyramidLevel? level = null;
        for (var i = plans.Count - 1; i >= 0; i--)
        {
            var plan = plans[i];
            if (plan.Rows <= LargestThumbnail && plan.Columns <= LargestThumbnail)
            {
                Thumbnail = new PlaneKeeper(plan, (plan.Outer / 2 * plan.Depth) + (plan.Depth / 2));
            }

            level = new PyramidLevel(new ShardedArrayWriter(plan, $"{prefix}{i}", store, names), halving, deep, level, Thumbnail?.Plan == plan ? Thumbnail : null);
        }

        first = level!;
    }

    /// <summary>The middle plane at the largest level that fits a thumbnail.</summary>
    public PlaneKeeper? Thumbnail { get; }

    public ArrayPlan Plan => plans[0];

    public Task WriteAsync(long outer, int firstPlane, ReadOnlyMemory<byte> planes, CancellationToken ct) => first.WriteAsync(outer, firstPlane, planes, ct);

    public Task FinishAsync(CancellationToken ct) => first.FinishAsync(ct);

    /// <summary>The group's <c>ome</c> attribute.</summary>
    public JsonObject Attribute() => OmeAxes.Attribute(name, axes, pixel, plans);

    private static List<ArrayPlan> Plans(SignalKind kind, PixelType pixel, IReadOnlyList<long> shape, bool deep)
    {
        List<ArrayPlan> plans = [ArrayPlans.For(kind, pixel, shape, 0)];
        while (plans[^1].Rows > LastLevel || plans[^1].Columns > LastLevel)
        {
            var halved = plans[^1].Shape.Select((size, axis) => axis >= shape.Count - (deep ? 3 : 2) ? (size + 1) / 2 : size);
            plans.Add(ArrayPlans.For(kind, pixel, [.. halved], plans.Count));
        }

        return plans;
    }
}
