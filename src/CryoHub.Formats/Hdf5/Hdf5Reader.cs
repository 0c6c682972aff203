using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>Every HDF5 file: the container is opened here, its dialects say what it holds.</summary>
public sealed class Hdf5Reader : IContainerReader
{
    private readonly IHdf5Dialect? known;

    public Hdf5Reader()
    {
    }

    private Hdf5Reader(IHdf5Dialect dialect) => known = dialect;

    /// <summary>Of the dialect that was found; of any HDF5 file before one was asked for.</summary>
    public FormatInfo Format => (known ?? Hdf5Dialects.All[^1]).Format;

    public IReadOnlyList<FormatInfo> Dialects { get; } = [.. Hdf5Dialects.All.Select(dialect => dialect.Format)];

    /// <summary>The signature stands at byte 0, or after a user block of 512, 1024 or 2048 bytes (MATLAB).</summary>
    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        for (var at = 0; at <= 2048 && at < head.Length; at = at == 0 ? 512 : 2 * at)
        {
            if (head[at..].StartsWith(Hdf5File.Signature))
            {
                return Match.Certain;
            }
        }

        return Match.No;
    }

    public Task<IFormatReader> DialectAsync(ISourceFile file, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var hdf = Hdf5File.Open(file.Bytes, file.Name);
        return Task.FromResult<IFormatReader>(new Hdf5Reader(Of(hdf, file)));
    }

    public Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var hdf = Hdf5File.Open(file.Bytes, file.Name);
        try
        {
            var dialect = known ?? Of(hdf, file);
            return dialect.Open(hdf, file) is { Count: > 0 } signals ? Task.FromResult(signals)
                : throw ProblemException.Unreadable($"{file.Name} is HDF5 ({dialect.Format.Title}) without an array of numbers; at its root: {string.Join(", ", hdf.Members("/").Take(8))}.");
        }
        catch
        {
            hdf.Dispose();      // else the signals keep the file open
            throw;
        }
    }

    private static IHdf5Dialect Of(Hdf5File hdf, ISourceFile file) => Hdf5Dialects.All.First(dialect => dialect.Knows(hdf, file.Name));
}
