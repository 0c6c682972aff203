using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.Topostats;

/// <summary>TopoStats: a topography in nanometres and what was found in it.</summary>
internal sealed class TopostatsDialect : IHdf5Dialect
{
    private const string Scaling = "pixel_to_nm_scaling";

    public FormatInfo Format { get; } = new(
        "topostats", "TopoStats", [".topostats"],
        "the image with its calibration; masks and every other array under its path", "", "https://topostats.readthedocs.io/en/main/advanced/topostats_file_structure.html");

    public bool Knows(Hdf5File file, string fileName) => file.Dataset($"/{Scaling}") is not null && file.Dataset("/image") is { Shape.Count: 2 };

    public IReadOnlyList<ISignal> Open(Hdf5File file, ISourceFile source)
    {
        var tree = Hdf5Tree.Of(file);
        var original = new MetadataTree(tree.Original);
        var step = tree.Original[Scaling] is { } value && double.TryParse(value.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0 ? number : (double?)null;

        // Images of the same size as the topography share its calibration.
        var size = file.Dataset("/image")!.Shape;
        return [.. tree.Arrays.Select(node => step is { } nanometres && node.Dataset.Shape.SequenceEqual(size)
            ? PlainSignals.Of(file, node, [new Axis("y", size[0], "nm", AxisRole.Space, nanometres), new Axis("x", size[1], "nm", AxisRole.Space, nanometres)], original, AcquisitionMetadata.None)
            : PlainSignals.Of(file, node, original, AcquisitionMetadata.None)).OrderBy(signal => signal.Header.Name == "image" ? 0 : 1)];
    }
}
