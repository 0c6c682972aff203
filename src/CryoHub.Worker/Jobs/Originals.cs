using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Storage;

namespace CryoHub.Worker.Jobs;

/// <summary>The originals of one data set, open for reading.</summary>
internal sealed class Originals : IDisposable
{
    private readonly Dictionary<string, StoredObject> objects = [];

    private Originals(IReadOnlyList<DatasetFile> files) => Files = files;

    public IReadOnlyList<DatasetFile> Files { get; }

    public IEnumerable<ISourceFile> Primaries => Files.Where(file => file.IsPrimary).OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => new OriginalFile(file, objects));

    /// <exception cref="ProblemException">An object is absent.</exception>
    public static async Task<Originals> OpenAsync(IObjectStore store, IReadOnlyList<DatasetFile> files, CancellationToken ct)
    {
        var originals = new Originals(files);
        try
        {
            foreach (var file in files)
            {
                originals.objects[OriginalFile.NameOf(file.Path)] = await store.OpenAsync(file.ObjectKey, ct)
                    ?? throw ProblemException.Unreadable($"{file.Path}: its {file.Size} bytes are no longer in the object store.");
            }

            return originals;
        }
        catch
        {
            originals.Dispose();
            throw;
        }
    }

    /// <summary>The first file whose bytes are not those its sender hashed, with both hashes in a sentence; <c>null</c> where all agree.</summary>
    public async Task<string?> FindForeignAsync(CancellationToken ct)
    {
        foreach (var file in Files)
        {
            var found = await objects[OriginalFile.NameOf(file.Path)].Sha256Async(ct);
            if (!found.AsSpan().SequenceEqual(file.Sha256))
            {
                return $"{file.Path}: the sender's SHA-256 is {Convert.ToHexStringLower(file.Sha256)}, the stored bytes have {Convert.ToHexStringLower(found)}. Keep the file on the instrument and send it again.";
            }
        }

        return null;
    }

    public void Dispose()
    {
        foreach (var open in objects.Values)
        {
            open.Dispose();
        }
    }
}
