using CryoHub.Imaging;

namespace CryoHub.Formats.Nrrd;

/// <summary>Axes in our order (slowest first); the header counts from the fastest.</summary>
internal static class NrrdAxes
{
    public static List<Axis> Of(NrrdHeader header, long[] sizes)
    {
        var spacings = header.Numbers("spacings");
        var minima = header.Numbers("axis mins", "axismins");
        var directions = header.Vectors("space directions");
        var origin = header.Vectors("space origin") is [{ } point, ..] ? point : [];
        var (units, spaceUnits, labels) = (header.Quoted("units"), header.Quoted("space units"), header.Quoted("labels"));
        var kinds = (header.Text("kinds") ?? "").Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var axes = new List<Axis>();
        var space = 0;
        for (var i = 0; i < sizes.Length; i++)
        {
            var (step, start, unit) = (1.0, 0.0, units.ElementAtOrDefault(i) ?? "");
            if (directions.ElementAtOrDefault(i) is { } direction
                && Math.Sqrt(direction.Sum(part => part * part)) is > 0 and < double.PositiveInfinity and var norm)
            {
                // The origin along the axis; of a direction askew to the space's axes this is its projection.
                (step, start) = (norm, direction.Zip(origin, (part, place) => part * place).Sum() / norm);
                unit = spaceUnits.ElementAtOrDefault(space++) ?? unit;
            }
            else if (spacings.ElementAtOrDefault(i) is var spacing && double.IsFinite(spacing) && spacing != 0)
            {
                (step, start) = (spacing, double.IsFinite(minima.ElementAtOrDefault(i)) ? minima.ElementAtOrDefault(i) : 0);
            }

            var role = Role(kinds.ElementAtOrDefault(i));
            var name = labels.ElementAtOrDefault(i) is { Length: > 0 } label ? label : Name(i, sizes.Length, role);
            axes.Insert(0, new Axis(name, sizes[i], unit, role, step, double.IsFinite(start) ? start : 0));
        }

        return axes;
    }

    private static AxisRole Role(string? kind) => kind?.ToLowerInvariant() switch
    {
        null or "domain" or "space" or "???" => AxisRole.Space,
        "time" => AxisRole.Time,
        "list" or "point" or "vector" => AxisRole.Index,
        _ => AxisRole.Channel,
    };

    private static string Name(int index, int count, AxisRole role) => role switch
    {
        AxisRole.Time => "t",
        AxisRole.Channel => "channel",
        AxisRole.Index => "index",
        _ => index switch { 0 => "x", 1 => "y", 2 => "z", _ => count > 4 ? $"axis{index}" : "frame" },
    };
}
