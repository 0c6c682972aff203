using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.BrukerRaw;

/// <summary>Counts over 2Theta in even steps.</summary>
internal static class PowderPattern
{
    /// <exception cref="ProblemException">Unreadable: no count, or angles that are none.</exception>
    public static TableSignal Of(string name, double start, double step, double[] counts, double seconds, JsonObject original) =>
        double.IsFinite(start) && double.IsFinite(step) && step != 0 ? Of(name, [.. Enumerable.Range(0, counts.Length).Select(i => start + (i * step))], counts, seconds, original)
            : throw ProblemException.Unreadable($"{name} states {start} as the first 2Theta and {step} as the step between two.");

    public static TableSignal Of(string name, double[] angles, double[] counts, double seconds, JsonObject original) => TableSignal.Of(
        name, SignalKind.Trace, [new TableColumn("2Theta", "deg", angles), new TableColumn("counts", "", counts)],
        new AcquisitionMetadata { ExposureS = double.IsFinite(seconds) && seconds > 0 ? seconds : null }, new MetadataTree(original));

    /// <summary>0.1f is written as 0.1, not as 0.10000000149.</summary>
    public static double Shortest(float value) => double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>The file's name for its only range; else with the range's number, from 1.</summary>
    public static string Name(string file, int range, long ranges) => ranges == 1 ? file : string.Create(CultureInfo.InvariantCulture, $"{file}, range {range}");
}
