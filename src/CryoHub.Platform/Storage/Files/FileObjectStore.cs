using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using CryoHub.Imaging;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform.Storage.Files;

/// <summary>
/// The object store in a folder: <c>objects/</c> holds whole objects, <c>uploads/ID/</c> the parts of one that arrives, <c>temporary/</c> what is being
/// written. Everything becomes visible by a rename after fsync.
/// </summary>
public sealed class FileObjectStore : IObjectStore
{
    private const string KeyFile = "key";

    private readonly string objects;
    private readonly string uploads;
    private readonly string temporary;
    private readonly PartSignature signature;
    private readonly TimeProvider clock;

    public FileObjectStore(IOptions<StorageOptions> options, TimeProvider clock)
    {
        var root = Path.GetFullPath(options.Value.Folder);
        objects = Directory.CreateDirectory(Path.Combine(root, "objects")).FullName;
        uploads = Directory.CreateDirectory(Path.Combine(root, "uploads")).FullName;
        temporary = Directory.CreateDirectory(Path.Combine(root, "temporary")).FullName;
        signature = new PartSignature(PartSignature.Secret(options.Value));
        this.clock = clock;
    }

    public Task PutAsync(string key, Stream content, CancellationToken ct) =>
        DurableFile.WriteAsync(PathOf(key), temporary, file => content.CopyToAsync(file, 1 << 20, ct), ct);

    public Task<StoredObject?> OpenAsync(string key, CancellationToken ct) => Task.FromResult<StoredObject?>(FileObject.Open(PathOf(key)));

    public async IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var key in Keys(prefix))
        {
            ct.ThrowIfCancellationRequested();
            var file = new FileInfo(PathOf(key));
            if (file.Exists)
            {
                yield return new ObjectInfo(key, file.Length, file.LastWriteTimeUtc);
            }
        }
    }

    public Task DeleteAsync(string prefix, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        foreach (var key in Keys(prefix))
        {
            ct.ThrowIfCancellationRequested();
            File.Delete(PathOf(key));
        }

        var folder = PathOf(prefix);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Task.CompletedTask;
    }

    public Task DeleteOneAsync(string key, CancellationToken ct)
    {
        var path = PathOf(key);
        if (File.Exists(path))
        {
            File.Delete(path);
        }

        return Task.CompletedTask;
    }

    public async Task<MultipartUpload> BeginAsync(string key, CancellationToken ct)
    {
        var upload = new MultipartUpload(key, Guid.CreateVersion7().ToString("N"));
        var name = System.Text.Encoding.UTF8.GetBytes(key);
        await DurableFile.WriteAsync(Path.Combine(FolderOf(upload.StoreUploadId), KeyFile), temporary, file => file.WriteAsync(name, ct).AsTask(), ct);
        return upload;
    }

    public Task<IReadOnlyList<StoredPart>?> ListPartsAsync(MultipartUpload upload, CancellationToken ct)
    {
        var folder = new DirectoryInfo(FolderOf(upload.StoreUploadId));
        return Task.FromResult<IReadOnlyList<StoredPart>?>(folder.Exists
            ? [.. folder.EnumerateFiles("*.part").Select(PartOf).GroupBy(part => part.Number).Select(twins => twins.Last()).OrderBy(part => part.Number)]
            : null);
    }

    public SignedPart SignPart(MultipartUpload upload, int number, long size, ReadOnlySpan<byte> sha256)
    {
        var expiresAt = clock.GetUtcNow() + StorageOptions.PartLifetime;
        var hash = Convert.ToHexStringLower(sha256);
        var expires = expiresAt.ToUnixTimeSeconds();
        var mac = signature.Sign(upload.StoreUploadId, number, size, hash, expires);
        var url = string.Create(CultureInfo.InvariantCulture, $"/api/uploads/file-parts/{upload.StoreUploadId}/{number}?size={size}&sha256={hash}&expires={expires}&signature={mac}");
        return new SignedPart(url, new Dictionary<string, string>(), expiresAt);
    }

    /// <summary>Takes the bytes of one part sent to a signed address and returns their ETag; what does not have the signed length and hash is dropped.</summary>
    /// <exception cref="ProblemException">Forbidden: not signed, or too late. Invalid: other bytes than were signed. Conflict: the upload is over.</exception>
    public async Task<string> ReceivePartAsync(FilePart part, Stream body, CancellationToken ct)
    {
        if (!signature.IsValid(part, clock.GetUtcNow()))
        {
            throw new ProblemException(ProblemKind.Forbidden, "This part address was not signed here or is older than 15 minutes; ask for a new one.");
        }

        var folder = FolderOf(part.UploadId);
        if (!Directory.Exists(folder))
        {
            throw new ProblemException(ProblemKind.Conflict, "This upload is completed or aborted; it takes no more parts.");
        }

        await DurableFile.WriteAsync(PartPath(folder, part.Number, part.Sha256), temporary, file => PartBody.CopyAsync(body, file, part, ct), ct);
        return part.Sha256;
    }

    public async Task CompleteAsync(MultipartUpload upload, IReadOnlyList<PartTag> parts, CancellationToken ct)
    {
        var folder = FolderOf(upload.StoreUploadId);
        var paths = parts.OrderBy(part => part.Number).Select(part => PartPath(folder, part.Number, part.ETag)).ToList();
        if (paths.Find(path => !File.Exists(path)) is { } absent)
        {
            throw new ProblemException(ProblemKind.Conflict, $"Part {Path.GetFileName(absent).Split('-')[0].TrimStart('0')} is not stored as it was named; send it again.");
        }

        if (paths is [var only])
        {
            DurableFile.Move(only, PathOf(upload.Key));
        }
        else
        {
            await DurableFile.WriteAsync(PathOf(upload.Key), temporary, file => PartBody.JoinAsync(paths, file, ct), ct);
        }

        Remove(folder);
    }

    public Task AbortAsync(MultipartUpload upload, CancellationToken ct)
    {
        Remove(FolderOf(upload.StoreUploadId));
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<OpenMultipart> ListUploadsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var folder in new DirectoryInfo(uploads).EnumerateDirectories())
        {
            var key = await File.ReadAllTextAsync(Path.Combine(folder.FullName, KeyFile), ct);
            yield return new OpenMultipart(new MultipartUpload(key, folder.Name), File.GetLastWriteTimeUtc(Path.Combine(folder.FullName, KeyFile)));
        }
    }

    private IEnumerable<string> Keys(string prefix)
    {
        var folder = new DirectoryInfo(PathOf(prefix[..(prefix.LastIndexOf('/') + 1)]));
        return FolderWalk.Files(folder).Select(file => Path.GetRelativePath(objects, file.FullName)).Where(key => key.StartsWith(prefix, StringComparison.Ordinal));
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Completed or aborted by somebody else at this moment: gone is what was wanted.
        }
    }

    private string FolderOf(string uploadId) =>
        Guid.TryParseExact(uploadId, "N", out _) ? Path.Combine(uploads, uploadId) : throw new ProblemException(ProblemKind.Invalid, "That is not the name of an upload.");

    /// <summary>The hash is in the name, so that two senders of one part cannot mix their bytes: complete takes the one it names.</summary>
    private static string PartPath(string folder, int number, string sha256) =>
        sha256.Length == 2 * SHA256.HashSizeInBytes && sha256.All(char.IsAsciiHexDigitLower)
            ? Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{number:D5}-{sha256}.part"))
            : throw new ProblemException(ProblemKind.Invalid, $"The ETag of part {number} is none that this store gave.");

    private static StoredPart PartOf(FileInfo file)
    {
        var name = Path.GetFileNameWithoutExtension(file.Name);
        return new StoredPart(int.Parse(name[..5], CultureInfo.InvariantCulture), file.Length, name[6..]);
    }

    private string PathOf(string key)
    {
        var path = Path.GetFullPath(Path.Combine(objects, key));
        return path == objects || path.StartsWith(objects + "/", StringComparison.Ordinal) || key.Length == 0
            ? path
            : throw new ArgumentException($"The key {key} leads out of the store.", nameof(key));
    }
}
