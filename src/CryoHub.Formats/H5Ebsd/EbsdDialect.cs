using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.H5Ebsd;

/// <summary>EBSD in HDF5: EDAX OIM, Bruker, kikuchipy and DREAM.3D (groups EBSD/Data and EBSD/Header, or Data and Header in numbered slices), EMsoft (EMData).</summary>
internal sealed class EbsdDialect : IHdf5Dialect
{
    private const int MostScans = 256;

    public FormatInfo Format { get; } = new(
        "h5ebsd", "EBSD HDF5 (EDAX, Bruker, kikuchipy, DREAM.3D, EMsoft)", [".h5", ".h5ebsd", ".edaxh5"],
        "maps as tables of all their lists, patterns as diffraction scans, master patterns; every array under its path; phases and settings as metadata",
        "calibration where the file states no unit of the step", "https://kikuchipy.org/en/stable/tutorials/load_save_data.html");

    public bool Knows(Hdf5File file, string fileName) =>
        file.IsGroup("EMheader") || file.IsGroup("EMData") || fileName.EndsWith(".h5ebsd", StringComparison.OrdinalIgnoreCase) || Scans(file).Any();

    public IReadOnlyList<ISignal> Open(Hdf5File file, ISourceFile source)
    {
        var tree = Hdf5Tree.Of(file);
        var original = new MetadataTree(tree.Original);
        var found = Scans(file).SelectMany(scan => EbsdSignals.Of(file, tree, scan, true)).ToList();
        return [.. found, .. PlainSignals.All(file, tree, original, found.Count > 0 ? found[0].Header.Metadata : AcquisitionMetadata.None)];
    }

    private static IEnumerable<string> Scans(Hdf5File file) => file.Members("/").Take(MostScans).SelectMany(name => new[] { $"/{name}/EBSD", $"/{name}" })
        .Where(group => file.IsGroup($"{group}/Data") && file.IsGroup($"{group}/Header"));
}
