using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.Emd;

/// <summary>The two unrelated formats that share the ending: Thermo Fisher's Velox and Berkeley's EMD (also of Prismatic and py4DSTEM).</summary>
internal sealed class EmdDialect : IHdf5Dialect
{
    public FormatInfo Format { get; } = new(
        "emd", "EMD (Velox, Berkeley)", [".emd", ".h5"],
        "Velox images, stacks, transforms, EDS spectra and spectrum streams, EELS spectrum images; Berkeley EMD arrays with their dimensions, Prismatic, py4DSTEM",
        "Text arrays; Velox files pruned of their spectrum streams give their images and spectra only; links and filters outside the file", "https://emdatasets.com/format/");

    public bool Knows(Hdf5File file, string fileName) =>
        VeloxDialect.Knows(file) || BerkeleyDialect.Knows(file) || fileName.EndsWith(".emd", StringComparison.OrdinalIgnoreCase);

    public IReadOnlyList<ISignal> Open(Hdf5File file, ISourceFile source) =>
        (VeloxDialect.Knows(file) ? VeloxDialect.Open(file) : BerkeleyDialect.Open(file, Path.GetFileNameWithoutExtension(source.Name))) is { Count: > 0 } signals ? signals
            : throw ProblemException.Unreadable($"{source.Name} is HDF5, but holds no Velox data and no numeric EMD array; at its root: {string.Join(", ", file.Members("/").Take(8))}.");
}
