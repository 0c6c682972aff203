using System.Text.Json;

namespace CryoHub.Imaging.Shapes.Files.Coco;

/// <summary>One annotation as shapes: each of its polygons, the outlines of its mask, else its keypoints, else its box.</summary>
internal static class CocoGeometry
{
    public static IEnumerable<ShapeGeometry> Of(JsonElement annotation, CocoPatches patches, int number)
    {
        switch (annotation.Member("segmentation"))
        {
            case { ValueKind: JsonValueKind.Object } mask:
                return patches.Outlines(mask, number).Select(rings => new ShapeGeometry(ShapeKind.Polygon, rings));
            case { ValueKind: JsonValueKind.Array } polygons when polygons.GetArrayLength() > 0:
                return polygons.EnumerateArray().Select(Polygon);
            default:
                return annotation.Member("keypoints")?.Numbers() is { Length: > 0 } keypoints ? Points(keypoints) : Box();
        }

        ShapeGeometry Polygon(JsonElement polygon)
        {
            if (polygon.Numbers() is not { Length: >= 6 } ring || ring.Length % 2 != 0)
            {
                throw Wrong("has a polygon that is no list of at least three x and y");
            }

            return new(ShapeKind.Polygon, [ring[0] == ring[^2] && ring[1] == ring[^1] ? ring[..^2] : ring]);
        }

        // x, y and whether it was seen; 0 is "not marked".
        IEnumerable<ShapeGeometry> Points(double[] keypoints) => keypoints.Length % 3 != 0 ? throw Wrong("has keypoints that are no threes of numbers")
            : keypoints.Chunk(3).Where(point => point[2] > 0).Select(point => new ShapeGeometry(ShapeKind.Point, [[point[0], point[1]]]));

        IEnumerable<ShapeGeometry> Box() => annotation.Member("bbox")?.Numbers() is [var x, var y, var wide, var high]
            ? [new ShapeGeometry(ShapeKind.Rectangle, [[x, y, x + wide, y, x + wide, y + high, x, y + high]])]
            : throw Wrong("has neither segmentation, keypoints nor bbox");

        ProblemException Wrong(string what) => ProblemException.Invalid($"Annotation {number} of \"{patches.FileName}\" {what}.");
    }
}
