using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Statistics;

namespace CryoHub.Formats.Tests.Expected;

/// <summary>Everything in which a signal differs from what an independent reader found, each as <c>what: expected E, found F</c>.</summary>
public static class SignalComparer
{
    private const double AxisTolerance = 1e-6;
    private const double StatisticsTolerance = 1e-5;

    public static async Task<List<string>> DifferencesAsync(ExpectedSignal expected, ISignal signal, CancellationToken ct)
    {
        if (expected.Columns.Count > 0)
        {
            return await TableComparer.DifferencesAsync(expected, signal, ct);
        }

        if (expected.DataType == "text" && expected.Json["text"] is JsonArray words)
        {
            return await WordsAsync(words, signal, ct);
        }

        switch (expected.DataType)
        {
            case "text":
                return await DocumentComparer.DifferencesAsync(expected, signal, ct);
            case "key-value":
                return DocumentComparer.MissingKeys(expected.Metadata, signal.Header);
            case "PHI MultiPak":
                return DocumentComparer.MissingKeys(expected.Metadata["header"]!.AsObject(), signal.Header);
            case "mdoc":
                return await ModelComparer.SectionsAsync(expected, signal, ct);
            case "IMOD model":
                return await ModelComparer.ModelAsync(expected, signal, ct);
            case "ranges":
                return await ModelComparer.RangesAsync(expected, signal, ct);
            case "table" when expected.Shape.Contains(0):
                return [];   // headings without a row are shown as text
            case "crystal structure":
                return StructureComparer.Differences(expected, signal.Header);
        }

        var header = signal.Header;
        List<string> found = [];
        Say(found, "dtype", expected.DataType, header.Pixel.Name());
        Say(found, "shape", string.Join(" x ", expected.Shape), string.Join(" x ", header.Shape));
        foreach (var (axis, actual) in expected.Axes.Zip(header.Axes))
        {
            CompareAxis(found, axis, actual);
        }

        CompareMetadata(found, expected.Metadata, header.Metadata);
        if (expected.Shape.SequenceEqual(header.Shape))
        {
            await CompareSamplesAsync(found, expected, signal, ct);
            await CompareStatisticsAsync(found, expected, signal, ct);
        }

        return found;
    }

    /// <summary>A column of text: each row's word.</summary>
    private static async Task<List<string>> WordsAsync(JsonArray expected, ISignal signal, CancellationToken ct)
    {
        List<string> found = [];
        var words = signal.Header.Columns is [{ Words: { } list }] ? list : [];
        Say(found, "rows", (long)expected.Count, signal.Header.Shape[0]);
        for (var row = 0; row < Math.Min(expected.Count, signal.Header.Shape[0]); row++)
        {
            var index = (int)(await signal.ValueAtAsync([row, 0], ct)).GetValue<double>();
            Say(found, $"row {row}", expected[row]!.ToString(), index < words.Count ? words[index] : "");
        }

        return found;
    }

    private static void CompareAxis(List<string> found, ExpectedAxis expected, Axis actual)
    {
        var what = $"axis {expected.Name ?? actual.Name}";
        Say(found, $"{what} size", expected.Size, actual.Size);
        if (expected.Scale is null && expected.Ends is [var first, var last])
        {
            var (endUnit, endFactor) = Units.Normalise(expected.Units);
            var (foundUnit, foundFactor) = Units.Normalise(actual.Unit);
            Say(found, $"{what} unit", endUnit, foundUnit);
            SayNumber(found, $"{what} first", first * endFactor, actual.At(0) * foundFactor, AxisTolerance * Math.Abs(last - first) * endFactor);
            SayNumber(found, $"{what} last", last * endFactor, actual.At(actual.Size - 1) * foundFactor, AxisTolerance * Math.Abs(last - first) * endFactor);
            return;
        }

        if (expected.Scale is 0 or null || (expected.Scale == 1 && expected.Offset is 0 or null && Units.Normalise(expected.Units).Base == ""))
        {
            Say(found, $"{what} unit", "", Units.Normalise(actual.Unit).Base);   // the file states no calibration: neither may we
            return;
        }

        if (expected.Size <= 1 && actual.Unit == "")
        {
            return;   // the step of an axis of one point means nothing
        }

        var (unit, factor) = Units.Normalise(expected.Units);
        var (actualUnit, actualFactor) = Units.Normalise(actual.Unit);
        Say(found, $"{what} unit", unit, actualUnit);
        var scale = expected.Scale.Value * factor;
        var origin = (expected.Offset ?? 0) * factor;
        var step = actual.Values is { Count: > 1 } values ? (values[^1] - values[0]) / (values.Count - 1) : actual.Step;
        SayNumber(found, $"{what} scale", scale, step * actualFactor, AxisTolerance * Math.Abs(scale));
        SayNumber(found, $"{what} offset", origin, actual.At(0) * actualFactor, AxisTolerance * (Math.Abs(origin) + Math.Abs(scale)));
    }

    private static void CompareMetadata(List<string> found, JsonObject expected, AcquisitionMetadata actual)
    {
        if ((string?)expected["General.date"] is { } date && (string?)expected["General.time"] is { } time && actual.AcquiredAt is { } stated && !expected.ContainsKey("General.time_zone"))
        {
            Say(found, "acquired at", $"{date}T{time}", stated);
        }

        foreach (var instrument in (string[])["TEM", "SEM"])
        {
            Compare("beam_energy", actual.BeamEnergyKeV);
            Compare("magnification", actual.Magnification);
            Compare("convergence_angle", actual.ConvergenceMrad);
            Compare("Detector.EELS.collection_angle", actual.CollectionMrad);

            void Compare(string key, double? value)
            {
                if (expected[$"Acquisition_instrument.{instrument}.{key}"] is JsonValue leaf && leaf.TryGetValue(out double number) && number != 0)
                {
                    SayNumber(found, key, number, value ?? double.NaN, AxisTolerance * Math.Abs(number));
                }
            }
        }
    }

    private static async Task CompareSamplesAsync(List<string> found, ExpectedSignal expected, ISignal signal, CancellationToken ct)
    {
        foreach (var sample in expected.Samples)
        {
            var value = await signal.ValueAtAsync(sample.Index, ct);
            if (sample.Coordinate is { } coordinate)
            {
                SayNumber(found, $"coordinate of [{string.Join(", ", sample.Index)}]", coordinate, signal.Header.Axes[^1].At(sample.Index[^1]), AxisTolerance * Math.Abs(coordinate));
            }

            if (!Same(sample.Value, sample.Colour is { } colour ? value[colour] : value))
            {
                found.Add($"value at [{string.Join(", ", sample.Index)}]: expected {sample.Value.ToJsonString()}, found {value.ToJsonString()}");
            }
        }
    }

    private static async Task CompareStatisticsAsync(List<string> found, ExpectedSignal expected, ISignal signal, CancellationToken ct)
    {
        if (expected.Statistics is not { } stats || stats["mean"] is null || signal.Header.Pixel.IsColour())
        {
            return;
        }

        var actual = await RunningStatistics.OfAsync(signal, ct);
        var spread = (double?)stats["std"] ?? 0;
        Number("min", actual.Min);
        Number("max", actual.Max);
        Number("mean", actual.Mean);
        Number("std", actual.StandardDeviation);

        void Number(string key, double value)
        {
            if (stats[key] is JsonValue leaf && double.TryParse(leaf.ToString(), out var number) && double.IsFinite(number))
            {
                // of equal numbers the spread is rounding dust
                SayNumber(found, key, number, value, (StatisticsTolerance * (Math.Abs(number) + spread)) + (1e-12 * Math.Abs(actual.Mean)));
            }
        }
    }

    internal static bool Same(JsonNode? expected, JsonNode? actual) => (expected, actual) switch
    {
        (JsonArray list, JsonArray values) => list.Count == values.Count && list.Zip(values).All(pair => Same(pair.First, pair.Second)),
        (JsonObject complex, JsonObject value) => Same(complex["re"], value["re"]) && Same(complex["im"], value["im"]),
        (JsonValue number, JsonValue value) => number.ToString() == value.ToString() || (double.TryParse(number.ToString(), out var a) && double.TryParse(value.ToString(), out var b) && a.Equals(b)),
        _ => false,
    };

    internal static void Say(List<string> found, string what, object expected, object actual)
    {
        if (!expected.Equals(actual))
        {
            found.Add($"{what}: expected {expected}, found {actual}");
        }
    }

    internal static void SayNumber(List<string> found, string what, double expected, double actual, double tolerance)
    {
        if (!(Math.Abs(expected - actual) <= tolerance))
        {
            found.Add(FormattableString.Invariant($"{what}: expected {expected:R}, found {actual:R}"));
        }
    }
}
