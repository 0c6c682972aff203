using System.Globalization;
using static CryoHub.Imaging.Shapes.Files.ImageJ.RoiLayout;

namespace CryoHub.Imaging.Shapes.Files.ImageJ;

/// <summary>What a selection says beside its places: name, colour, slice, group and properties.</summary>
internal sealed class RoiNotes
{
    private readonly RoiBytes roi;
    private readonly int header2;
    private readonly Dictionary<string, string> properties = new(StringComparer.OrdinalIgnoreCase);
    private readonly string name;
    private readonly string colour;

    public RoiNotes(RoiBytes roi)
    {
        this.roi = roi;
        header2 = roi.Integer(Header2) is var at and > 0 && at <= roi.Length - 52 ? at : 0;   // older versions have none, or a shorter one
        name = header2 > 0 && Noted(NameAt) > 0 ? roi.Letters(Noted(NameAt), Noted(NameLength)) : "";
        var argb = roi.Integer(StrokeColour) is not 0 and var stroke ? stroke : roi.Integer(FillColour);
        colour = argb == 0 ? "" : "#" + argb.ToString("X8", CultureInfo.InvariantCulture)[2..];
        if (header2 > 0 && roi.Short(VersionAt) >= 224 && Noted(PropertiesAt) > 0 && Noted(PropertiesLength) > 0)
        {
            foreach (var line in roi.Letters(Noted(PropertiesAt), Noted(PropertiesLength)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
                {
                    properties[line[..colon].Trim()] = line[(colon + 1)..].Trim();
                }
            }
        }
    }

    public ShapeFeature Feature(ShapeGeometry geometry, (long First, long Last)? frames)
    {
        var group = header2 > 0 && roi.Short(VersionAt) >= 228 ? roi.Byte(header2 + Group) : 0;
        return new(
            geometry, Property("class") is { Length: > 0 } named ? named : group > 0 ? $"Group {group}" : "", properties.TryGetValue("label", out var label) ? label : name,
            frames?.First, frames?.Last,
            double.TryParse(Property("confidence"), NumberStyles.Float, CultureInfo.InvariantCulture, out var sure) ? sure : null, colour);
    }

    /// <summary>The frames that the selection is on; <c>null</c> for all. Beyond the stack is kept for the rules to refuse.</summary>
    public (long First, long Last)? Frame(DrawnPicture picture)
    {
        var one = roi.Integer(Position) is > 0 and var slice ? slice - 1L : header2 > 0 ? OfHyperstack(picture) : null;
        return one is { } first ? (first, long.TryParse(Property("last frame"), NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last >= first ? last : first) : null;
    }

    /// <summary>Each point of a selection may lie on a slice of its own: the upper 24 bits of its counter.</summary>
    public (long First, long Last)? FrameOfPoint(int index, int count, DrawnPicture picture)
    {
        if (header2 > 0 && header2 + CountersAt + 4 <= roi.Length && Noted(CountersAt) is > 0 and var at && at + (4L * count) <= roi.Length
            && roi.Integer(at + (4 * index)) >>> 8 is > 0 and var slice)
        {
            return (slice - 1L, slice - 1L);
        }

        return Frame(picture);
    }

    private int Noted(int at) => roi.Integer(header2 + at);

    private string Property(string key) => properties.GetValueOrDefault(key, "");

    private long? OfHyperstack(DrawnPicture picture)
    {
        var (c, z, t) = (Noted(Channel), Noted(Slice), Noted(RoiLayout.Frame));
        if (c <= 0 && z <= 0 && t <= 0)
        {
            return null;
        }

        if (picture.Stack.Count < 2)
        {
            return Math.Max(c, Math.Max(z, t)) - 1L;   // a stack of one axis has one counter beyond 1
        }

        long frame = 0;
        foreach (var axis in picture.Stack)
        {
            var index = axis.Name.ToLowerInvariant() switch { "c" or "channel" => c, "t" or "time" => t, "z" or "slice" => z, _ => 0 };
            if (index <= 0)
            {
                return null;   // it is on all of this axis, or the axis has no name that ImageJ knows
            }

            frame = (frame * axis.Size) + index - 1;
        }

        return frame;
    }
}
