using System.Globalization;
using System.Text.Json;

namespace CryoHub.Imaging.Shapes;

/// <summary>
/// Reads shapes from GeoJSON (RFC 7946) with pixels as coordinates, as CryoHub and QuPath write it. The property <c>kind</c> names a shape that GeoJSON does not know,
/// <c>class</c> (or <c>classification.name</c>) its class; an ellipse has its three places in the property <c>rings</c>.
/// </summary>
public static class GeoJsonShapes
{
    /// <summary>Shapes of one file.</summary>
    public const int MostShapes = 500_000;

    private const int MostDepth = 32;

    /// <summary>All shapes of the file in its order; several parts of one geometry are a shape each.</summary>
    /// <exception cref="ProblemException">It is no GeoJSON, holds too many shapes or one that cannot be read; which one is said.</exception>
    public static IReadOnlyList<ShapeFeature> Read(ReadOnlyMemory<byte> file, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(file.Span.StartsWith("\uFEFF"u8) ? file[3..] : file, new JsonDocumentOptions { MaxDepth = MostDepth });
            var shapes = new List<ShapeFeature>();
            foreach (var element in json.RootElement.ValueKind == JsonValueKind.Array ? [.. json.RootElement.EnumerateArray()] : new[] { json.RootElement })
            {
                Add(element, shapes, name);   // QuPath also writes a plain list of features
            }

            return shapes;
        }
        catch (JsonException e)
        {
            throw ProblemException.Invalid($"\"{name}\" is no JSON: {e.Message}");
        }
    }

    private static void Add(JsonElement element, List<ShapeFeature> shapes, string name)
    {
        switch (Text(element, "type"))
        {
            case "FeatureCollection" when Member(element, "features") is { ValueKind: JsonValueKind.Array } features:
                foreach (var feature in features.EnumerateArray())
                {
                    Add(feature, shapes, name);
                }

                break;
            case "Feature":
                if (Member(element, "geometry") is { ValueKind: JsonValueKind.Object } geometry)
                {
                    AddGeometry(geometry, Member(element, "properties"), shapes, name);
                }

                break;
            case "":
                throw ProblemException.Invalid($"\"{name}\" is no GeoJSON: an object without \"type\" was found after {shapes.Count} shapes; expected FeatureCollection, Feature or a geometry.");
            default:
                AddGeometry(element, null, shapes, name);
                break;
        }
    }

    private static void AddGeometry(JsonElement geometry, JsonElement? properties, List<ShapeFeature> shapes, string name)
    {
        var type = Text(geometry, "type");
        if (type == "GeometryCollection")
        {
            foreach (var inner in Member(geometry, "geometries") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default)
            {
                AddGeometry(inner, properties, shapes, name);
            }

            return;
        }

        if (Member(geometry, "coordinates") is not { ValueKind: JsonValueKind.Array } coordinates)
        {
            throw Wrong("has no coordinates");
        }

        var stated = Enum.TryParse<ShapeKind>(Text(properties, "kind"), ignoreCase: true, out var kind) ? kind : (ShapeKind?)null;
        switch (type)
        {
            case "Point": Keep(stated is ShapeKind.Text ? ShapeKind.Text : ShapeKind.Point, [Place(coordinates)]); break;
            case "MultiPoint": Each(part => Keep(ShapeKind.Point, [Place(part)])); break;
            case "LineString": Line(coordinates); break;
            case "MultiLineString": Each(Line); break;
            case "Polygon": Area(coordinates); break;
            case "MultiPolygon": Each(Area); break;
            default: throw Wrong($"is a \"{type}\", which GeoJSON does not know");
        }

        void Each(Action<JsonElement> add)
        {
            foreach (var part in coordinates.EnumerateArray())
            {
                add(part);
            }
        }

        void Line(JsonElement places)
        {
            var ring = Ring(places, closed: false);
            var open = stated is ShapeKind.Line or ShapeKind.Arrow or ShapeKind.Polyline or ShapeKind.Freehand or ShapeKind.Angle ? stated.Value : ring.Length == 4 ? ShapeKind.Line : ShapeKind.Polyline;
            Keep(open, [ring]);
        }

        void Area(JsonElement rings)
        {
            if (stated is ShapeKind.Ellipse && Member(properties, "rings") is { } places)
            {
                Keep(ShapeKind.Ellipse, [Ring(places, closed: false)]);
                return;
            }

            double[][] closed = [.. rings.EnumerateArray().Select(ring => Ring(ring, closed: true))];
            Keep(stated is ShapeKind.Rectangle && closed is [{ Length: 8 }] ? ShapeKind.Rectangle : ShapeKind.Polygon, closed);
        }

        double[] Ring(JsonElement places, bool closed)
        {
            if (places.ValueKind != JsonValueKind.Array)
            {
                throw Wrong("has coordinates that are no list of places");
            }

            double[] ring = [.. places.EnumerateArray().SelectMany(Place)];
            return closed && ring.Length > 6 && ring[0] == ring[^2] && ring[1] == ring[^1] ? ring[..^2] : ring;
        }

        double[] Place(JsonElement place) =>
            place.ValueKind == JsonValueKind.Array && place.GetArrayLength() >= 2 && Number(place[0]) is { } x && Number(place[1]) is { } y ? [x, y] : throw Wrong("has a place that is not two numbers");

        void Keep(ShapeKind shape, IReadOnlyList<double[]> rings)
        {
            var least = shape switch { ShapeKind.Point or ShapeKind.Text => 1, ShapeKind.Polygon or ShapeKind.Angle or ShapeKind.Ellipse => 3, ShapeKind.Rectangle => 4, _ => 2 };
            if (rings.Count == 0 || rings.Any(ring => ring.Length < 2 * least))
            {
                throw Wrong($"is a {shape.ToString().ToLowerInvariant()} of fewer than {least} places");
            }

            if (shapes.Count == MostShapes)
            {
                throw ProblemException.Invalid($"\"{name}\" holds more than {MostShapes} shapes.");
            }

            var named = Text(properties, "class") is { Length: > 0 } own ? own : Text(Member(properties, "classification"), "name");
            shapes.Add(new ShapeFeature(new ShapeGeometry(shape, rings), named, Text(properties, "label"), Whole("firstFrame"), Whole("lastFrame"), Share("confidence"), Colour()));
        }

        long? Whole(string key) => Member(properties, key) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

        double? Share(string key) => Member(properties, key) is { } value ? Number(value) : null;

        // QuPath: three numbers of 0 to 255 beside the name of the class.
        string Colour() => Member(Member(properties, "classification"), "color") is { ValueKind: JsonValueKind.Array } parts && parts.GetArrayLength() == 3
            && parts.EnumerateArray().All(part => Number(part) is >= 0 and <= 255)
            ? "#" + string.Concat(parts.EnumerateArray().Select(part => ((int)part.GetDouble()).ToString("X2", CultureInfo.InvariantCulture)))
            : "";

        ProblemException Wrong(string what) => ProblemException.Invalid($"Shape {shapes.Count + 1} of \"{name}\" {what}.");
    }

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    private static JsonElement? Member(JsonElement? element, string key) =>
        element is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(key, out var value) ? value : null;

    private static string Text(JsonElement? element, string key) => Member(element, key) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";
}
