using System.Text.Json;
using CryoHub.Imaging.Shapes;

namespace CryoHub.Platform.Annotations;

/// <summary>A shape as a GeoJSON feature. Kinds that GeoJSON does not know keep their own places as the property <c>rings</c>, beside the outline that others can draw.</summary>
internal static class ShapeGeoJson
{
    public static void Write(Utf8JsonWriter json, ShapeRow shape)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", shape.Id);
        json.WriteStartObject("geometry");
        json.WriteString("type", shape.Kind is ShapeKind.Point or ShapeKind.Text ? "Point" : new ShapeGeometry(shape.Kind, shape.Rings).IsArea ? "Polygon" : "LineString");
        json.WritePropertyName("coordinates");
        WritePlaces(json, shape);
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("kind", shape.Kind.ToString().ToLowerInvariant());
        json.WriteString("class", shape.ClassKey);
        json.WriteString("label", shape.Label);
        json.WriteString("changedBy", shape.ChangedBy);
        json.WriteString("changedAt", shape.ChangedAt);
        json.WriteString("unit", shape.Measures.Unit);
        Number(json, "firstFrame", shape.FirstFrame);
        Number(json, "lastFrame", shape.LastFrame);
        Number(json, "confidence", shape.Confidence);
        Number(json, "length", shape.Measures.Length);
        Number(json, "area", shape.Measures.Area);
        if (shape.Kind == ShapeKind.Ellipse)
        {
            json.WritePropertyName("rings");
            WriteRing(json, shape.Rings[0], close: false);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePlaces(Utf8JsonWriter json, ShapeRow shape)
    {
        switch (shape.Kind)
        {
            case ShapeKind.Point or ShapeKind.Text:
                WritePlace(json, shape.Rings[0][0], shape.Rings[0][1]);
                break;
            case ShapeKind.Polygon or ShapeKind.Rectangle or ShapeKind.Ellipse:
                json.WriteStartArray();
                foreach (var ring in shape.Kind == ShapeKind.Ellipse ? [EllipseOutline.Of(shape.Rings[0])] : shape.Rings)
                {
                    WriteRing(json, ring, close: true);
                }

                json.WriteEndArray();
                break;
            default:
                WriteRing(json, shape.Rings[0], close: false);
                break;
        }
    }

    private static void WriteRing(Utf8JsonWriter json, double[] ring, bool close)
    {
        json.WriteStartArray();
        for (var i = 0; i < ring.Length; i += 2)
        {
            WritePlace(json, ring[i], ring[i + 1]);
        }

        if (close)
        {
            WritePlace(json, ring[0], ring[1]);
        }

        json.WriteEndArray();
    }

    private static void WritePlace(Utf8JsonWriter json, double x, double y)
    {
        json.WriteStartArray();
        json.WriteNumberValue(x);
        json.WriteNumberValue(y);
        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }
}
