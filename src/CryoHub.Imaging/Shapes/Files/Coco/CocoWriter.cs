using System.Text.Json;

namespace CryoHub.Imaging.Shapes.Files.Coco;

/// <summary>Areas and points as COCO: a picture a frame, polygons as they are (holes as run lengths), points as keypoints. Lines, angles and words have no place in it.</summary>
internal sealed class CocoWriter : IShapeFileWriter
{
    public string FileName => "coco.json";

    public string MediaType => "application/json";

    public void Write(Stream to, IReadOnlyList<ShapeFeature> shapes, DrawnPicture picture)
    {
        ShapeFeature[] told = [.. shapes.Where(shape => shape.Geometry.IsArea || shape.Geometry.Kind == ShapeKind.Point)];
        string[] classes = [.. told.Select(shape => shape.Class).Distinct().Order(StringComparer.Ordinal)];
        using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteStartObject("info");
        json.WriteString("description", $"{picture.Name}: {told.Length} of {shapes.Count} shapes; COCO has no lines, angles and words");
        json.WriteEndObject();
        json.WriteStartArray("images");
        foreach (var frame in told.Select(shape => shape.FirstFrame ?? 0).Distinct().Order())
        {
            json.WriteStartObject();
            json.WriteNumber("id", frame + 1);
            json.WriteNumber("width", picture.X.Size);
            json.WriteNumber("height", picture.Y.Size);
            json.WriteString("file_name", picture.Name);
            json.WriteNumber("frame", frame);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("categories");
        for (var i = 0; i < classes.Length; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", i + 1);
            json.WriteString("name", classes[i].Length > 0 ? classes[i] : CocoFile.NoClass);
            WriteKeypoint(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("annotations");
        for (var i = 0; i < told.Length; i++)
        {
            WriteOne(json, told[i], i + 1, Array.BinarySearch(classes, told[i].Class, StringComparer.Ordinal) + 1, picture);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteKeypoint(Utf8JsonWriter json)
    {
        json.WriteStartArray("keypoints");
        json.WriteStringValue("place");
        json.WriteEndArray();
        json.WriteStartArray("skeleton");
        json.WriteEndArray();
    }

    private static void WriteOne(Utf8JsonWriter json, ShapeFeature shape, int id, int category, DrawnPicture picture)
    {
        var (geometry, box) = (shape.Geometry, shape.Geometry.Box());
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteNumber("image_id", (shape.FirstFrame ?? 0) + 1);
        json.WriteNumber("category_id", category);
        json.WriteNumber("iscrowd", 0);
        json.WriteNumber("area", ShapeMeasures.Of(geometry, 1, 1, "px").Area ?? 0);
        WriteNumbers(json, "bbox", [box.Left, box.Top, box.Right - box.Left, box.Bottom - box.Top]);
        if (geometry.Kind == ShapeKind.Point)
        {
            WriteNumbers(json, "keypoints", [geometry.Rings[0][0], geometry.Rings[0][1], 2]);
            json.WriteNumber("num_keypoints", 1);
        }
        else
        {
            WriteSegmentation(json, geometry, picture);
        }

        json.WriteStartObject("attributes");
        json.WriteString("label", shape.Label);
        if (shape.Confidence is { } sure)
        {
            json.WriteNumber("confidence", sure);
        }

        if (shape.FirstFrame is null)
        {
            json.WriteBoolean("allFrames", true);
        }
        else if (shape.LastFrame is { } last)
        {
            json.WriteNumber("lastFrame", last);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSegmentation(Utf8JsonWriter json, ShapeGeometry geometry, DrawnPicture picture)
    {
        if (geometry.Rings.Count == 1)
        {
            json.WriteStartArray("segmentation");
            WriteNumbers(json, null, geometry.Kind == ShapeKind.Ellipse ? EllipseOutline.Of(geometry.Rings[0]) : geometry.Rings[0]);
            json.WriteEndArray();
            return;
        }

        var patch = PixelPatch.Of(geometry, picture.X.Size, picture.Y.Size);
        json.WriteStartObject("segmentation");
        WriteNumbers(json, "size", [picture.Y.Size, picture.X.Size]);
        WriteNumbers(json, "counts", RunLengths.Of(patch, picture.X.Size, picture.Y.Size).Select(length => (double)length));
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string? name, IEnumerable<double> numbers)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteStartArray();
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
