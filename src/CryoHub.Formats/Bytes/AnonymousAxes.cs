using CryoHub.Imaging;

namespace CryoHub.Formats.Bytes;

/// <summary>Axes of arrays that state sizes and nothing else.</summary>
internal static class AnonymousAxes
{
    /// <param name="sizes">Slowest first; a single number is an array of one point.</param>
    public static List<Axis> Of(IReadOnlyList<long> sizes) => sizes.Count == 0
        ? [new Axis("x", 1, "", AxisRole.Index)]
        : [.. sizes.Select((size, index) => (sizes.Count - index) switch
        {
            1 => new Axis("x", size, "", sizes.Count == 1 ? AxisRole.Index : AxisRole.Space),
            2 => new Axis("y", size, "", AxisRole.Space),
            3 => new Axis("frame", size, "", AxisRole.Frame),
            var place => new Axis($"frame {place - 2}", size, "", AxisRole.Frame),
        })];

    public static SignalKind Kind(int axes) => axes switch
    {
        <= 1 => SignalKind.Trace,
        2 => SignalKind.Image,
        _ => SignalKind.ImageStack,
    };
}
