using System.Text.Json;

namespace CryoHub.Imaging.Shapes.Files.Coco;

/// <summary>COCO's detection format (cocodataset.org): polygons and run lengths become polygons, boxes rectangles, keypoints points; categories are classes.</summary>
internal sealed class CocoFile : IShapeFileReader
{
    /// <summary>Every annotation of COCO has a category; this one stands for none.</summary>
    public const string NoClass = "no class";

    public string Name => "COCO";

    public bool Recognises(ReadOnlySpan<byte> file, string fileName) => JsonTop.Holds(file, "annotations");

    public ShapeFile Read(ReadOnlyMemory<byte> file, string fileName, DrawnPicture picture)
    {
        try
        {
            using var json = JsonDocument.Parse(file.Span.StartsWith("\uFEFF"u8) ? file[3..] : file, new JsonDocumentOptions { MaxDepth = 16 });
            var images = CocoImages.Of(json.RootElement, picture, fileName);
            var names = new Dictionary<long, string>();
            foreach (var category in json.RootElement.List("categories"))
            {
                names[category.Whole("id") ?? -1] = category.Text("name") is var one && one == NoClass ? "" : one;
            }

            var shapes = new List<ShapeFeature>();
            var (patches, number) = (new CocoPatches(fileName, picture), 0);
            foreach (var annotation in json.RootElement.List("annotations"))
            {
                number++;
                if (images.FramesOf(annotation) is not { } frames)
                {
                    continue;
                }

                var named = annotation.Whole("category_id") is { } id ? names.GetValueOrDefault(id, "") : "";
                var (sure, label) = (annotation.Number("score") ?? annotation.Member("attributes")?.Number("confidence"), annotation.Member("attributes")?.Text("label") ?? "");
                shapes.AddRange(CocoGeometry.Of(annotation, patches, number).Select(shape => new ShapeFeature(shape, named, label, frames.First, frames.Last, sure)));
                if (shapes.Count > GeoJsonShapes.MostShapes)
                {
                    throw ProblemException.Invalid($"\"{fileName}\" holds more than {GeoJsonShapes.MostShapes} shapes.");
                }
            }

            return new(Name, shapes, images.Others == 0 ? [] : [$"{images.Others:N0} annotations belong to other pictures and are left out."]);
        }
        catch (JsonException e)
        {
            throw ProblemException.Invalid($"\"{fileName}\" is no JSON: {e.Message}");
        }
    }
}
