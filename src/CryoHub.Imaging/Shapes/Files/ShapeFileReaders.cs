using CryoHub.Imaging.Shapes.Files.Coco;
using CryoHub.Imaging.Shapes.Files.ImageJ;
using CryoHub.Imaging.Shapes.Files.Imod;

namespace CryoHub.Imaging.Shapes.Files;

/// <summary>All formats of shapes that are read, in the order in which they are asked.</summary>
public static class ShapeFileReaders
{
    /// <summary>Bytes of one file.</summary>
    public const int LargestBytes = 32 << 20;

    private static readonly IShapeFileReader[] All = [new ImageJFile(), new CocoFile(), new ImodFile(), new GeoJsonFile(), new PointTable()];

    /// <summary>Names of all formats.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(reader => reader.Name)];

    /// <summary>Reads the file by whoever knows it.</summary>
    /// <exception cref="ProblemException">Nobody knows it, or it is damaged or too large.</exception>
    public static ShapeFile Read(ReadOnlyMemory<byte> file, string fileName, DrawnPicture picture)
    {
        if (file.Length is 0 or > LargestBytes)
        {
            throw ProblemException.Invalid($"\"{fileName}\" holds {file.Length:N0} bytes; 1 to {LargestBytes:N0} are read.");
        }

        var reader = Array.Find(All, one => one.Recognises(file.Span, fileName))
            ?? throw ProblemException.Invalid($"\"{fileName}\" is no file of shapes that is known here. Read are: {string.Join("; ", Names)}.");
        return reader.Read(file, fileName, picture);
    }
}
