namespace CryoHub.Imaging.Shapes.Files;

/// <summary>Writes shapes as one program reads them.</summary>
public interface IShapeFileWriter
{
    /// <summary>What the file is called; its last part is also that of the address it is fetched from.</summary>
    string FileName { get; }

    /// <summary>For HTTP.</summary>
    string MediaType { get; }

    /// <summary>Writes all shapes that the format can tell; classes by <see cref="ShapeFeature.Class"/> and <see cref="ShapeFeature.Colour"/>.</summary>
    void Write(Stream to, IReadOnlyList<ShapeFeature> shapes, DrawnPicture picture);
}
