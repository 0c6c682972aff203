using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.H5Ebsd;

/// <summary>Oxford Instruments' H5OINA: numbered slices, in each the techniques EBSD, EDS and Electron Image.</summary>
internal sealed class OinaDialect : IHdf5Dialect
{
    public FormatInfo Format { get; } = new(
        "h5oina", "Oxford Instruments H5OINA", [".h5oina"],
        "EBSD maps and patterns, EDS windows and spectra, electron images; every other array under its path", "",
        "https://github.com/oinanoanalysis/h5oina");

    public bool Knows(Hdf5File file, string fileName) =>
        file.Text("Manufacturer")?.StartsWith("Oxford", StringComparison.Ordinal) == true && file.Dataset("Format Version") is not null;

    public IReadOnlyList<ISignal> Open(Hdf5File file, ISourceFile source)
    {
        var tree = Hdf5Tree.Of(file);
        var original = new MetadataTree(tree.Original);
        var found = new List<ISignal>();
        foreach (var slice in file.Members("/"))
        {
            foreach (var technique in file.Members($"/{slice}").Where(name => file.IsGroup($"/{slice}/{name}/Data")))
            {
                found.AddRange(EbsdSignals.Of(file, tree, $"/{slice}/{technique}", technique == "EBSD"));
            }
        }

        return [.. found, .. PlainSignals.All(file, tree, original, found.Count > 0 ? found[0].Header.Metadata : AcquisitionMetadata.None)];
    }
}
