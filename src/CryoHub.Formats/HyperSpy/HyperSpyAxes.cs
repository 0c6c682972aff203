using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.HyperSpy;

/// <summary>The axes of an experiment: which dimension of the array each is, navigation first.</summary>
/// <param name="Axes">Navigation axes, then signal axes.</param>
/// <param name="Dimensions">Dimension of the array of each axis.</param>
/// <param name="SignalCount">How many of them are signal axes.</param>
internal sealed record HyperSpyAxes(IReadOnlyList<Axis> Axes, IReadOnlyList<int> Dimensions, int SignalCount)
{
    /// <param name="shape">Shape of the array.</param>
    /// <param name="stored">Attributes of axis-0, axis-1 ...</param>
    /// <param name="values">Coordinates of an axis that is not uniform; <c>null</c> where it has none.</param>
    /// <param name="metadata">Tells the signal's dimension where the axes do not.</param>
    public static HyperSpyAxes Of(IReadOnlyList<long> shape, IReadOnlyList<JsonObject> stored, Func<int, double[]?> values, HyperSpyMetadata metadata)
    {
        var rank = shape.Count;
        var signal = metadata.RecordBy switch { "spectrum" => 1, "image" => 2, _ => Math.Min(rank, 2) };
        var navigates = Enumerable.Range(0, rank).Select(i => (i < stored.Count ? stored[i]["navigate"] : null) is JsonValue flag && flag.GetValueKind() is JsonValueKind.True or JsonValueKind.False
            ? flag.GetValueKind() == JsonValueKind.True
            : i < rank - signal).ToList();
        var order = Enumerable.Range(0, rank).OrderBy(i => navigates[i] ? 0 : 1).ToList();
        var count = navigates.Count(navigate => !navigate);
        var axes = order.Select((dimension, at) =>
            Read(dimension < stored.Count ? stored[dimension] : [], shape[dimension], values(dimension), Fallback(at, rank, count))).ToList();
        if (count == 1 && rank > 0 && metadata.SignalType is "EELS" or "EDS_TEM" or "EDS_SEM" or "CL" or "XPS" or "Luminescence")
        {
            axes[^1] = axes[^1] with { Role = AxisRole.Energy };
        }

        return new HyperSpyAxes(axes, order, count);
    }

    public SignalKind Kind(string signalType) => (SignalCount, Axes.Count - SignalCount) switch
    {
        (1, 0) => SignalKind.Spectrum,
        (1, 1) => SignalKind.SpectrumLine,
        (1, _) => SignalKind.SpectrumImage,
        (2, 0) => IsDiffraction(signalType) ? SignalKind.Diffraction : SignalKind.Image,
        (2, 1) => IsDiffraction(signalType) ? SignalKind.DiffractionScan : Axes[0].Role == AxisRole.Tilt ? SignalKind.TiltSeries : SignalKind.ImageStack,
        (2, 2) => SignalKind.DiffractionScan,
        (0, 1) => SignalKind.Trace,
        (0, 2) => SignalKind.Image,
        _ => SignalKind.ImageStack,
    };

    public static double? Number(JsonNode? node) => node is JsonValue value && value.GetValueKind() switch
    {
        JsonValueKind.Number => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture),
        JsonValueKind.String when double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) => parsed,
        _ => double.NaN,
    } is var number && double.IsFinite(number) ? number : null;

    private bool IsDiffraction(string signalType) => signalType.Contains("diffraction", StringComparison.OrdinalIgnoreCase) || Axes[^1].Role == AxisRole.Reciprocal;

    private static Axis Read(JsonObject stored, long size, double[]? values, string fallback)
    {
        var name = stored["name"] is JsonValue given && given.TryGetValue(out string? text) && text is { Length: > 0 } and not "_None_" and not "<undefined>" ? text : fallback;
        var unit = stored["units"] is JsonValue symbol && symbol.TryGetValue(out string? stated) && stated is not "_None_" and not "<undefined>" ? stated : "";
        if (values is not null && values.Length == size)
        {
            return Hdf5Curve.Axis(name, unit, values);
        }

        var step = Number(stored["scale"]) is { } scale && scale != 0 ? scale : 1;
        return new Axis(name, size, unit, AxisRoles.Of(name, unit), step, Number(stored["offset"]) ?? 0);
    }

    // HyperSpy shows unnamed axes as <undefined>.
    private static string Fallback(int at, int rank, int signalCount) => (rank - at, signalCount) switch
    {
        (1, 1) => "channel",
        (1, 2) => "x",
        (2, 2) => "y",
        _ => $"axis-{at}",
    };
}
