using System.Text.RegularExpressions;

namespace CryoHub.Imaging.Shapes.Files;

/// <summary>Which column of a table of points says what; -1 where there is none.</summary>
/// <param name="Frame">Number of the frame.</param>
/// <param name="FirstFrameIs">What the table calls the first frame: 0, or 1 as ImageJ counts slices.</param>
/// <param name="Shift">Added to the places, in pixels: half a pixel where the table counts from the middle of the first pixel (napari).</param>
internal sealed partial record PointColumns(int X, int Y, string XUnit, string YUnit, int Frame, int FirstFrameIs, int Class, int Label, int Confidence, int Kind, double Shift)
{
    /// <summary><c>null</c> where the line names no x and y.</summary>
    public static PointColumns? Of(IReadOnlyList<string> names)
    {
        var plain = names.Select(name => Unit().Replace(name, "").Trim().ToLowerInvariant()).ToArray();
        int Find(params ReadOnlySpan<string> wanted)
        {
            foreach (var name in wanted)
            {
                if (Array.IndexOf(plain, name) is var i and >= 0)
                {
                    return i;
                }
            }

            return -1;
        }

        var axes = plain.Count(name => Axis().IsMatch(name));
        var isNapari = axes >= 2;
        var (x, y) = isNapari ? (Find($"axis-{axes - 1}"), Find($"axis-{axes - 2}")) : (Find("x"), Find("y"));
        if (x < 0 || y < 0)
        {
            return null;
        }

        var slice = Find("slice", "position");
        return new(
            x, y, UnitOf(names[x]), UnitOf(names[y]), slice >= 0 ? slice : isNapari && axes > 2 ? Find($"axis-{axes - 3}") : Find("frame", "first frame", "z"), slice >= 0 ? 1 : 0,
            Find("class", "category", "type"), Find("label", "name"), Find("confidence", "score"), Find("kind", "shape-type"), isNapari ? 0.5 : 0);
    }

    private static string UnitOf(string name) => Unit().Match(name) is { Success: true } unit && unit.Groups[1].Value.Trim() is not ("px" or "pixel" or "pixels") and var symbol ? symbol : "";

    [GeneratedRegex(@"[(\[]([^)\]]*)[)\]]")]
    private static partial Regex Unit();

    [GeneratedRegex("^axis-[0-9]$")]
    private static partial Regex Axis();
}
