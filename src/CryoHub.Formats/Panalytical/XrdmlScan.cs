using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CryoHub.Formats.Bytes;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;

namespace CryoHub.Formats.Panalytical;

/// <summary>One <c>scan</c> element: its data points on the axis that moves.</summary>
internal static class XrdmlScan
{
    /// <summary><c>null</c> for a scan that was stopped before its first point.</summary>
    public static ISignal? Parse(XElement scan, string name)
    {
        var points = Child(scan, "dataPoints");
        var ordinates = points is null ? null : Child(points, "counts") ?? Child(points, "intensities");
        if (points is null || ordinates is null || Numbers(ordinates.Value, name) is not { Length: > 0 } values)
        {
            return null;
        }

        var measurement = scan.Parent;
        var original = new JsonObject { ["scan"] = XmlJson.Convert(WithoutPoints(scan)) };
        if (measurement is not null)
        {
            original["xrdMeasurement"] = XmlJson.Convert(WithoutScans(measurement));
        }

        var metadata = new AcquisitionMetadata
        {
            AcquiredAt = Child(scan, "header") is { } header ? Child(header, "startTimeStamp")?.Value.Trim() : null,
            ExposureS = Child(points, "commonCountingTime") is { } time && Number(time.Value) is { } seconds && seconds > 0 ? seconds : null,
            Detector = measurement?.Descendants().FirstOrDefault(element => element.Name.LocalName == "detector")?.Attribute("name")?.Value,
        };
        return Curve.Of(name, SignalKind.Spectrum, Abscissa(scan, points, values.Length, name), values, ordinates.Attribute("unit")?.Value ?? "", metadata, new MetadataTree(original));
    }

    /// <summary>The moving axis: in coupled scans (Gonio, 2Theta-Omega) that is 2Theta, otherwise the one that the scan is named after, otherwise the first that moves.</summary>
    private static Axis Abscissa(XElement scan, XElement points, int count, string name)
    {
        var moving = points.Elements().Where(element => element.Name.LocalName == "positions" && Child(element, "commonPosition") is null).ToList();
        var scanned = scan.Attribute("scanAxis")?.Value ?? "";
        var position = moving.Find(element => Named(element) == scanned)
            ?? moving.Find(element => scanned.StartsWith("Omega", StringComparison.Ordinal) ? Named(element) == "Omega" : Named(element) == "2Theta")
            ?? moving.FirstOrDefault();
        if (position is null)
        {
            return new Axis("point", count, "", AxisRole.Index);
        }

        var unit = position.Attribute("unit")?.Value ?? "";
        if (Child(position, "listPositions") is { } list)
        {
            var values = Numbers(list.Value, name);
            return values.Length == count
                ? new Axis(Named(position), count, unit, AxisRole.Index, Values: values)
                : throw ProblemException.Unreadable($"{name} lists {values.Length} positions for {count} data points.");
        }

        return Child(position, "startPosition") is { } start && Child(position, "endPosition") is { } end && Number(start.Value) is { } first && Number(end.Value) is { } last
            ? new Axis(Named(position), count, unit, AxisRole.Index, count > 1 ? (last - first) / (count - 1) : 1, first)
            : throw ProblemException.Unreadable($"{name} states neither start and end nor a list of its positions of {Named(position)}.");
    }

    private static XElement? Child(XElement parent, string name) => parent.Elements().FirstOrDefault(element => element.Name.LocalName == name);

    private static string Named(XElement positions) => positions.Attribute("axis")?.Value ?? "position";

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static double[] Numbers(string text, string name)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var numbers = new double[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            numbers[i] = Number(words[i]) ?? throw ProblemException.Unreadable($"Value {i + 1} of {words.Length} in {name} is no number: {words[i][..Math.Min(20, words[i].Length)]}");
        }

        return numbers;
    }

    private static XElement WithoutPoints(XElement scan)
    {
        var copy = new XElement(scan);
        foreach (var list in copy.Descendants().Where(element => element.Name.LocalName is "counts" or "intensities" or "listPositions" or "beamAttenuationFactors").ToList())
        {
            list.Remove();
        }

        return copy;
    }

    private static XElement WithoutScans(XElement measurement) =>
        new(measurement.Name, measurement.Attributes(), measurement.Elements().Where(element => element.Name.LocalName != "scan").Select(element => new XElement(element)));
}
