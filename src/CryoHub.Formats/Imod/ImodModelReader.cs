using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Imod;

/// <summary>IMOD's binary models and fiducial models: the points of all contours, the triangles of all meshes.</summary>
public sealed class ImodModelReader : IFormatReader
{
    private const long LargestFile = 512L << 20;

    public FormatInfo Format { get; } = new(
        "imod-model",
        "IMOD model",
        [".mod", ".fid", ".3dmod"],
        "Points of every contour with object and contour; vertices, normals and triangles of meshes; objects and chunks as metadata",
        "concave and single polygons of old meshes; models of version 1.0 and 1.1 and the text form",
        "https://bio3d.colorado.edu/imod/doc/binspec.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.StartsWith("IMODV1.2"u8) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        if (file.Bytes.Length > LargestFile)
        {
            throw ProblemException.Unreadable($"The model holds {file.Bytes.Length} bytes; up to {LargestFile} are read.");
        }

        var model = ImodModel.Parse(await file.Bytes.ReadBlockAsync(0, file.Bytes.Length, ct));
        var original = new MetadataTree(model.Original);
        var name = Path.GetFileNameWithoutExtension(file.Name);
        List<ISignal> meshes = model.Meshes.IsEmpty ? [] : [.. model.Meshes.Signals(name, original)];
        if (model.X.Count == 0)
        {
            return meshes.Count > 0 ? meshes : [DocumentSignal.Of(name, $"IMOD model {model.Name}: no points\n", original)];
        }

        // Coordinates count pixels of the image, whose size is pixsize in units of 10^units m: both are in the metadata, and the model keeps pixels.
        return
        [
            TableSignal.Of(name, SignalKind.Model,
            [
                new TableColumn("object", "", model.Object),
                new TableColumn("contour", "", model.Contour),
                new TableColumn("x", "px", model.X),
                new TableColumn("y", "px", model.Y),
                new TableColumn("z", "px", model.Z),
            ], AcquisitionMetadata.None, original),
            .. meshes,
        ];
    }
}
