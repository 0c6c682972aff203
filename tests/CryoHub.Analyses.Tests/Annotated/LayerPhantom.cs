using System.Globalization;
using System.Text;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Annotated;

/// <summary>A layer of constant thickness along the normal of an inner boundary y = middle + slope x + amplitude sin(2 pi x / wavelength), in pixels of 0.5 nm.</summary>
internal sealed record LayerPhantom(double Thickness, double Slope = 0, double Amplitude = 0, double Wavelength = 120, int Width = 512, int Height = 320)
{
    public const double Pixel = 0.5;

    public (double X, double Y) Inner(double x) => (x, (Height / 2.0) + (Slope * (x - (Width / 2.0))) + (Amplitude * Math.Sin(2 * Math.PI * x / Wavelength)));

    public (double X, double Y) Outer(double x, double off = 0)
    {
        var slope = Slope + (Amplitude * 2 * Math.PI / Wavelength * Math.Cos(2 * Math.PI * x / Wavelength));
        var (_, y) = Inner(x);
        var norm = Math.Sqrt(1 + (slope * slope));
        return (x - (slope / norm * (Thickness + off)), y + ((Thickness + off) / norm));
    }

    /// <summary>Labels 0 core, 1 layer, 2 beyond; both edges moved by <paramref name="jitter"/> (x, boundary).</summary>
    public ArraySignal Labels(Func<int, int, double>? jitter = null)
    {
        var outer = Enumerable.Range(-400, 4 * (Width + 800)).Select(i => Outer(i / 4.0)).OrderBy(p => p.X).ToArray();
        var pixels = new float[Width * Height];
        for (var x = 0; x < Width; x++)
        {
            var next = Array.FindIndex(outer, p => p.X >= x + 0.5);
            var (a, b) = (outer[next - 1], outer[next]);
            var top = Inner(x + 0.5).Y + (jitter?.Invoke(x, 0) ?? 0);
            var bottom = a.Y + ((b.Y - a.Y) * (x + 0.5 - a.X) / (b.X - a.X)) + (jitter?.Invoke(x, 1) ?? 0);
            for (var y = 0; y < Height; y++)
            {
                pixels[(y * Width) + x] = y + 0.5 < top ? 0 : y + 0.5 < bottom ? 1 : 2;
            }
        }

        return Run.Signal(SignalKind.Image, pixels, new Axis("y", Height, "nm", AxisRole.Space, Pixel), new Axis("x", Width, "nm", AxisRole.Space, Pixel));
    }

    /// <summary>Both boundaries drawn with a place every <paramref name="apart"/> pixels, each off by what <paramref name="jitter"/> says along y.</summary>
    public ISignal Shapes(double apart, Func<double> jitter, double inner = 0, double outer = 0)
    {
        var json = new StringBuilder("""{ "type": "FeatureCollection", "features": [""");
        json.Append(Line("metal", x => (Inner(x).X, Inner(x).Y + inner + jitter()))).Append(',').Append(Line("outer-sei", x => (Outer(x).X, Outer(x).Y + outer + jitter()))).Append("]}");
        return DocumentSignal.Of("drawn.geojson", json.ToString(), MetadataTree.Empty);

        string Line(string name, Func<double, (double X, double Y)> place)
        {
            var places = Enumerable.Range(0, (int)((Width - 20) / apart) + 1).Select(i => place(10 + (i * apart)))
                .Select(p => string.Create(CultureInfo.InvariantCulture, $"[{p.X:R},{p.Y:R}]"));
            return $$$"""{ "type": "Feature", "geometry": { "type": "LineString", "coordinates": [{{{string.Join(",", places)}}}] }, "properties": { "kind": "polyline", "class": "{{{name}}}" } }""";
        }
    }
}
