using System.Text.Json.Nodes;
using CryoHub.Imaging.Tables;

namespace CryoHub.Imaging.Pyramids;

/// <summary>The group attribute <c>cryohub</c>: the header's kind, pixel type and axes as CryoHub means them, which OME-Zarr cannot say in full.</summary>
internal static class CryoHubAttribute
{
    public const string Name = "cryohub";

    /// <param name="header">What is written.</param>
    /// <param name="display">Which multiscale to draw: "" (this group), "navigator" or "modulus".</param>
    public static JsonObject Of(SignalHeader header, string display)
    {
        var attribute = new JsonObject
        {
            ["version"] = 1,
            ["name"] = header.Name,
            ["kind"] = header.Kind.Key(),
            ["pixelType"] = header.Pixel.Name(),
            ["shape"] = new JsonArray([.. header.Shape.Select(size => (JsonNode)size)]),
            ["axes"] = new JsonArray([.. header.Axes.Select(Axis)]),
            ["display"] = display,
        };
        if (header.Columns is { } columns)
        {
            attribute["columns"] = new JsonArray([.. columns.Select(Column)]);
        }

        if (header.Labels is { } labels)
        {
            attribute["labels"] = new JsonArray([.. labels.Select(label => new JsonObject { ["value"] = label.Value, ["name"] = label.Name, ["colour"] = label.Colour })]);
        }

        if (header.ValueUnit.Length > 0)
        {
            attribute["valueUnit"] = header.ValueUnit;
        }

        return attribute;
    }

    public static SignalHeader Read(JsonObject attribute) => new(
        (string)attribute["name"]!,
        SignalKinds.Parse((string)attribute["kind"]!) ?? throw ProblemException.Unreadable($"Unknown signal kind {attribute["kind"]}."),
        PixelTypes.Parse((string)attribute["pixelType"]!) ?? throw ProblemException.Unreadable($"Unknown pixel type {attribute["pixelType"]}."),
        [.. attribute["axes"]!.AsArray().Select(axis => Axis(axis!.AsObject()))],
        AcquisitionMetadata.None,
        MetadataTree.Empty)
    {
        Columns = attribute["columns"] is JsonArray columns ? [.. columns.Select(column => Column(column!.AsObject()))] : null,
        Labels = attribute["labels"] is JsonArray labels ? [.. labels.Select(label => new LabelClass((int)label!["value"]!, (string)label["name"]!, (string)label["colour"]!))] : null,
        ValueUnit = (string?)attribute["valueUnit"] ?? "",
    };

    private static JsonNode Column(SignalColumn column) => new JsonObject
    {
        ["name"] = column.Name,
        ["unit"] = column.Unit,
        ["words"] = column.Words is { } words ? new JsonArray([.. words.Select(word => (JsonNode)word)]) : null,
    };

    private static SignalColumn Column(JsonObject column) =>
        new((string)column["name"]!, (string)column["unit"]!, column["words"] is JsonArray words ? [.. words.Select(word => (string)word!)] : null);

    private static JsonNode Axis(Axis axis)
    {
        var described = new JsonObject
        {
            ["name"] = axis.Name,
            ["size"] = axis.Size,
            ["unit"] = axis.Unit,
            ["role"] = axis.Role.ToString().ToLowerInvariant(),
            ["step"] = MetadataTree.Leaf(axis.Step),
            ["origin"] = MetadataTree.Leaf(axis.Origin),
        };
        if (axis.Values is { } values)
        {
            described["values"] = new JsonArray([.. values.Select(MetadataTree.Leaf)]);
        }

        return described;
    }

    private static Axis Axis(JsonObject axis) => new(
        (string)axis["name"]!,
        (long)axis["size"]!,
        (string)axis["unit"]!,
        Enum.Parse<AxisRole>((string)axis["role"]!, ignoreCase: true),
        Number(axis["step"]!),
        Number(axis["origin"]!),
        axis["values"] is JsonArray values ? [.. values.Select(value => Number(value!))] : null);

    private static double Number(JsonNode leaf) =>
        leaf.GetValueKind() == System.Text.Json.JsonValueKind.String ? double.Parse((string)leaf!, System.Globalization.CultureInfo.InvariantCulture) : (double)leaf;
}
