namespace CryoHub.Imaging.Shapes.Files;

/// <summary>GeoJSON (RFC 7946) in pixels, as CryoHub and QuPath write it.</summary>
internal sealed class GeoJsonFile : IShapeFileReader
{
    public string Name => "GeoJSON";

    public bool Recognises(ReadOnlySpan<byte> file, string fileName) =>
        fileName.EndsWith(".geojson", StringComparison.OrdinalIgnoreCase) || JsonTop.Holds(file, "type") || JsonTop.IsList(file);

    public ShapeFile Read(ReadOnlyMemory<byte> file, string fileName, DrawnPicture picture) => new(Name, GeoJsonShapes.Read(file, fileName), []);
}
