using System.Globalization;
using System.Text;

namespace CryoHub.EndToEnd.Processes;

/// <summary>GeoJSON files of many polygons of twelve corners in rows, like the grains of a large map.</summary>
internal static class PolygonFile
{
    private const int Corners = 12;

    /// <summary>Polygons <paramref name="first"/> to first + <paramref name="count"/> - 1: number i has its middle at ((i mod columns) + 0.5, i / columns + 0.5) steps and a radius of 0.38 to 0.48 steps.</summary>
    public static byte[] Of(int first, int count, int columns, double step)
    {
        var text = new StringBuilder("""{"type":"FeatureCollection","features":[""");
        for (var i = first; i < first + count; i++)
        {
            var (x, y) = (((i % columns) + 0.5) * step, ((i / columns) + 0.5) * step);
            text.Append(i > first ? "," : "").Append(CultureInfo.InvariantCulture, $$"""{"type":"Feature","properties":{"class":"{{(i % 3 == 0 ? "void" : "crystallite")}}"},"geometry":{"type":"Polygon","coordinates":[[""");
            for (var corner = 0; corner <= Corners; corner++)
            {
                var (sin, cos) = Math.SinCos(Math.Tau * (corner % Corners) / Corners);
                var radius = step * (corner % 2 == 0 ? 0.48 : 0.38);
                text.Append(corner > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $"[{x + (radius * cos):F2},{y + (radius * sin):F2}]");
            }

            text.Append("]]}}");
        }

        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }
}
