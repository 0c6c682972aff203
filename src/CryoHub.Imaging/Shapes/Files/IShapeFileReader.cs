namespace CryoHub.Imaging.Shapes.Files;

/// <summary>Reads shapes as one program writes them.</summary>
public interface IShapeFileReader
{
    /// <summary>As people call the format.</summary>
    string Name { get; }

    /// <summary>Whether the bytes are of this format; reads no more than it needs and never throws.</summary>
    bool Recognises(ReadOnlySpan<byte> file, string fileName);

    /// <summary>All shapes of the file.</summary>
    /// <exception cref="ProblemException">The file is damaged or beyond a limit; what was found is said.</exception>
    ShapeFile Read(ReadOnlyMemory<byte> file, string fileName, DrawnPicture picture);
}
