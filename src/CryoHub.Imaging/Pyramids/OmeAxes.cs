using System.Text.Json.Nodes;

namespace CryoHub.Imaging.Pyramids;

/// <summary>Axes and coordinate transformations in the words of OME-Zarr 0.5.</summary>
internal static class OmeAxes
{
    public const string Channel = "c";

    /// <summary>Dimension names of the zarr array: the axes, and the channels of coloured pixels.</summary>
    public static IReadOnlyList<string> Names(IReadOnlyList<Axis> axes, PixelType pixel) =>
        pixel.IsColour() ? [.. axes.Select(axis => axis.Name), Channel] : [.. axes.Select(axis => axis.Name)];

    public static JsonObject Attribute(string name, IReadOnlyList<Axis> axes, PixelType pixel, IReadOnlyList<ArrayPlan> levels) => new()
    {
        ["version"] = "0.5",
        ["multiscales"] = new JsonArray(new JsonObject
        {
            ["name"] = name,
            ["axes"] = new JsonArray([.. axes.Select(Describe), .. pixel.IsColour() ? [new JsonObject { ["name"] = Channel, ["type"] = "channel" }] : Array.Empty<JsonNode>()]),
            ["datasets"] = new JsonArray([.. levels.Select((level, i) => (JsonNode)new JsonObject
            {
                ["path"] = $"{i}",
                ["coordinateTransformations"] = new JsonArray(
                    Transformation("scale", axes, pixel, levels, i, (axis, factor) => StepOf(axis) * factor, 1),
                    Transformation("translation", axes, pixel, levels, i, (axis, factor) => OriginOf(axis) + (StepOf(axis) * (factor - 1) / 2), 0)),
            })]),
            ["type"] = "mean",
        }),
    };

    private static JsonObject Transformation(
        string type, IReadOnlyList<Axis> axes, PixelType pixel, IReadOnlyList<ArrayPlan> levels, int level, Func<Axis, double, double> number, double ofChannel)
    {
        // An axis is halved at every level or at none; a size of 1 tells nothing, its factor follows the level below all the same.
        var halved = (int axis) => levels.Count > 1 && (levels[1].Shape[axis] != levels[0].Shape[axis] || axis >= axes.Count - 2);
        var numbers = axes.Select((axis, i) => (JsonNode)number(axis, halved(i) ? Math.Pow(2, level) : 1));
        return new() { ["type"] = type, [type] = new JsonArray([.. numbers, .. pixel.IsColour() ? [ofChannel] : Array.Empty<JsonNode>()]) };
    }

    private static JsonNode Describe(Axis axis)
    {
        var described = new JsonObject { ["name"] = axis.Name };
        if (axis.Role is AxisRole.Space or AxisRole.Reciprocal)
        {
            described["type"] = "space";
        }
        else if (axis.Role == AxisRole.Time)
        {
            described["type"] = "time";
        }

        if (axis.IsCalibrated)
        {
            described["unit"] = UnitName(axis.Unit);
        }

        return described;
    }

    /// <summary>OME-Zarr asks for UDUNITS-2 names where there is one.</summary>
    private static string UnitName(string unit) => unit switch
    {
        "m" => "meter",
        "mm" => "millimeter",
        "µm" or "μm" or "um" => "micrometer",
        "nm" => "nanometer",
        "Å" or "A" => "angstrom",
        "pm" => "picometer",
        "s" => "second",
        "ms" => "millisecond",
        _ => unit,
    };

    private static double StepOf(Axis axis) => axis.Values is null && double.IsFinite(axis.Step) && axis.Step != 0 ? axis.Step : 1;

    private static double OriginOf(Axis axis) => axis.Values is null && double.IsFinite(axis.Origin) ? axis.Origin : 0;
}
