using System.Text.Encodings.Web;
using System.Text.Json;
using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>Any HDF5 file: every array of numbers is a signal, all else is metadata.</summary>
internal sealed class PlainDialect : IHdf5Dialect
{
    public FormatInfo Format { get; } = new(
        "hdf5", "HDF5", [".h5", ".hdf5", ".hdf", ".he5", ".mat"],
        "every array of numbers as a signal under its path, lists of records as tables of their numbers, single values, text and attributes as metadata; "
        + "deflate, szip, LZF, LZ4, bit shuffle, Blosc, Zstandard and bzip2; files with a user block (MATLAB 7.3)",
        "datasets in other files (external, virtual), references, text within records, filters other than those named", "https://docs.hdfgroup.org/hdf5/v1_10/_f_m_t3.html");

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool Knows(Hdf5File file, string fileName) => true;

    public IReadOnlyList<ISignal> Open(Hdf5File file, ISourceFile source)
    {
        var tree = Hdf5Tree.Of(file);
        var original = new MetadataTree(tree.Original);
        if (tree.Arrays.Count + tree.Tables.Count > 0)
        {
            return [.. PlainSignals.All(file, tree, original, AcquisitionMetadata.None)];
        }

        // Single values only: a document.
        return tree.Refusals is [var reason, ..] ? throw ProblemException.Unreadable(reason)
            : tree.Original.Count == 0 ? [] : [DocumentSignal.Of(Path.GetFileNameWithoutExtension(source.Name), tree.Original.ToJsonString(Readable), original)];
    }
}
