using CryoHub.Imaging.Shapes.Files.Coco;
using CryoHub.Imaging.Shapes.Files.ImageJ;
using CryoHub.Imaging.Shapes.Files.Imod;

namespace CryoHub.Imaging.Shapes.Files;

/// <summary>All formats in which shapes are given away beside GeoJSON and CSV.</summary>
public static class ShapeFileWriters
{
    /// <summary>By the names of their files.</summary>
    public static IReadOnlyList<IShapeFileWriter> All { get; } = [new RoiSetWriter(), new CocoWriter(), new ImodWriter()];
}
