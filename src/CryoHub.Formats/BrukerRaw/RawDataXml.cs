using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.BrukerRaw;

/// <summary>The XML in which Diffrac.Suite keeps what was measured: every route a table with a row for each datum; the views say what its columns are.</summary>
internal static class RawDataXml
{
    public static IReadOnlyList<ISignal> Read(ReadOnlySpan<byte> bytes, string name, JsonObject? about = null)
    {
        var root = SafeXml.Parse(bytes, name);
        var routes = root.Elements("DataRoutes").Elements("DataRoute").Where(route => route.Elements("Datum").Any()).ToList();
        if (root.Name.LocalName != "RawData" || routes.Count == 0)
        {
            throw ProblemException.Unreadable($"{name} begins with <{root.Name.LocalName}> and has {routes.Count} routes with data; <RawData> with at least one was expected.");
        }

        return [.. routes.Select((route, i) => Table(root, route, routes.Count == 1 ? name : $"{name}, {route.Attribute("RouteFlag")?.Value ?? "route"} {i + 1}", about))];
    }

    private static TableSignal Table(XElement root, XElement route, string name, JsonObject? about)
    {
        var rows = route.Elements("Datum").Select(datum => datum.Value.Split(',')).ToList();
        var width = rows[0].Length;
        if (rows.FindIndex(row => row.Length != width) is >= 0 and var odd)
        {
            throw ProblemException.Unreadable($"Datum {odd + 1} of {name} has {rows[odd].Length} values, the first one {width}.");
        }

        var names = Names(route, width);
        var columns = names.Select((column, i) => new TableColumn(column, (double[])[.. rows.Select((row, r) => Number(row[i], r, name))])).ToList();
        var original = new JsonObject { ["RawData"] = XmlJson.Convert(Without(root, "DataRoutes")), ["DataRoute"] = XmlJson.Convert(Without(route, "Datum")) };
        foreach (var (key, value) in about ?? [])
        {
            original[key] = value?.DeepClone();
        }

        var metadata = new AcquisitionMetadata
        {
            AcquiredAt = root.Element("TimeStampStarted")?.Value.Trim() is { Length: > 0 } start ? start : null,
            ExposureS = names.FindIndex(column => column.Name == "MeasuredTime") is >= 0 and var time && columns[time].Numbers[0] is > 0 and var seconds ? seconds : null,
            Detector = root.Descendants("Detectors").Elements("InfoData").FirstOrDefault()?.Attribute("LogicName")?.Value,
        };
        return TableSignal.Of(name, SignalKind.Trace, columns, metadata, new MetadataTree(original));
    }

    /// <summary>Names and units as the views give them for a range of columns; columns of no view have no name.</summary>
    private static List<SignalColumn> Names(XElement route, int width)
    {
        List<SignalColumn> names = [.. Enumerable.Range(1, width).Select(i => new SignalColumn(FormattableString.Invariant($"column {i}"), ""))];
        var axes = route.Descendants("ScanAxisInfo").ToLookup(axis => axis.Attribute("AxisId")?.Value ?? "", axis => axis.Attribute("Unit")?.Value ?? "");
        foreach (var view in route.Elements("DataViews").Elements("RawDataView"))
        {
            if (!int.TryParse(view.Attribute("Start")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var start))
            {
                continue;
            }

            var fields = view.Element("Varying")?.Elements("FieldDefinitions").Select(field => (field.Attribute("FieldName")?.Value ?? "", axes[field.Attribute("AxisId")?.Value ?? ""].FirstOrDefault("")))
                ?? [(view.Element("Recording")?.Attribute("LogicName")?.Value ?? view.Attribute("LogicName")?.Value ?? "", view.Element("Recording")?.Element("Unit")?.Attribute("Base")?.Value ?? view.Attribute("Unit")?.Value ?? "")];
            foreach (var (field, unit) in fields)
            {
                if (start < width && field.Length > 0)
                {
                    names[start] = new SignalColumn(field, unit switch { "Counts" => "counts", "None" => "", _ => unit });
                }

                start++;
            }
        }

        return names;
    }

    private static double Number(string cell, int row, string name) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
            : cell.Trim().Length == 0 ? double.NaN
            : throw ProblemException.Unreadable($"Datum {row + 1} of {name} holds '{cell[..Math.Min(20, cell.Length)]}' where a number was expected.");

    private static XElement Without(XElement element, string child) =>
        new(element.Name, element.Attributes(), element.Elements().Where(part => part.Name.LocalName != child).Select(part => new XElement(part)));
}
