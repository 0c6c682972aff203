using System.IO.Compression;
using System.Security.Cryptography;

namespace CryoHub.Platform.Crates;

/// <summary>
/// A zip archive that is written as it is sent: nothing waits on a disk, and each file is hashed on its way. It is completed, not disposed: an archive that was broken off
/// has no directory at its end and cannot be taken for a whole one.
/// </summary>
internal sealed class CrateArchive(Stream output, DateTimeOffset now)
{
    private const int Piece = 1 << 20;

    private readonly CrateOutput output = new(output);
    private ZipArchive? zip;

    /// <summary>Microscopes' files hardly pack, so they are stored as they are; text is packed.</summary>
    public async Task<(long Size, string Sha256)> AddAsync(string path, Stream content, bool isText, CancellationToken ct)
    {
        zip ??= await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        var entry = zip.CreateEntry(path, isText ? CompressionLevel.Fastest : CompressionLevel.NoCompression);
        entry.LastWriteTime = now;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Piece];
        var size = 0L;
        await using (var target = await entry.OpenAsync(ct))
        {
            int count;
            while ((count = await content.ReadAsync(buffer, ct)) > 0)
            {
                hash.AppendData(buffer, 0, count);
                await target.WriteAsync(buffer.AsMemory(0, count), ct);
                size += count;
            }
        }

        return (size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public async Task CompleteAsync(CancellationToken ct)
    {
        if (zip is not null)
        {
            await zip.DisposeAsync();
        }

        await output.FlushAsync(ct);
    }
}
