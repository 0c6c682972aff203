using System.Security.Cryptography;
using CryoHub.Imaging;

namespace CryoHub.Platform.Storage.Files;

/// <summary>The bytes of a part on their way to disk.</summary>
internal static class PartBody
{
    /// <summary>Copies the body, and refuses it at the first byte beyond the signed length or, at its end, for another hash.</summary>
    public static async Task CopyAsync(Stream body, Stream file, FilePart part, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 18];
        long size = 0;
        for (int got; (got = await body.ReadAsync(buffer, ct)) > 0;)
        {
            size += got;
            if (size > part.Size)
            {
                throw ProblemException.Invalid($"Part {part.Number} was announced with {part.Size} bytes; more came.");
            }

            hash.AppendData(buffer, 0, got);
            await file.WriteAsync(buffer.AsMemory(0, got), ct);
        }

        if (size < part.Size)
        {
            throw ProblemException.Invalid($"Part {part.Number} was announced with {part.Size} bytes; {size} came.");
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) is var found && found != part.Sha256)
        {
            throw ProblemException.Invalid($"Part {part.Number} was announced with SHA-256 {part.Sha256}; the bytes that came have {found}.");
        }
    }

    public static async Task JoinAsync(IEnumerable<string> parts, Stream file, CancellationToken ct)
    {
        foreach (var path in parts)
        {
            await using var part = File.OpenRead(path);
            await part.CopyToAsync(file, 1 << 20, ct);
        }
    }
}
