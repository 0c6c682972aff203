using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.Emd;

/// <summary>The two unrelated formats that share the ending: Thermo Fisher's Velox and Berkeley's EMD (also of Prismatic and py4DSTEM).</summary>
public sealed class EmdReader : IFormatReader
{
    private static readonly IReadOnlyList<IHdf5Dialect> Dialects = [new VeloxDialect(), new BerkeleyDialect()];

    public FormatInfo Format { get; } = new(
        "emd", "EMD (Velox, Berkeley)", [".emd", ".h5"],
        "Velox images, stacks, transforms, EDS spectra and spectrum streams, EELS spectrum images; Berkeley EMD arrays with their dimensions, Prismatic, py4DSTEM",
        "Text arrays; Velox files pruned of their spectrum streams give their images and spectra only; links and filters outside the file", "https://emdatasets.com/format/");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        !head.StartsWith(Hdf5File.Signature) ? Match.No : fileName.EndsWith(".emd", StringComparison.OrdinalIgnoreCase) ? Match.Certain : Match.Maybe;

    public Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var hdf = Hdf5File.Open(file.Bytes, file.Name);
        try
        {
            var signals = Dialects.Select(dialect => dialect.Open(hdf, Path.GetFileNameWithoutExtension(file.Name))).FirstOrDefault(found => found is not null);
            return signals is { Count: > 0 } ? Task.FromResult(signals)
                : throw ProblemException.Unreadable($"{file.Name} is HDF5, but holds no Velox data and no numeric EMD array; at its root: {string.Join(", ", hdf.Members("/").Take(8))}.");
        }
        catch
        {
            hdf.Dispose();      // else the signals keep the file open
            throw;
        }
    }
}
