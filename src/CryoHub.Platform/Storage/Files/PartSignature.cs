using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CryoHub.Platform.Storage.Files;

/// <summary>Signs the address of one part of the file store: which upload, which number, how long, which bytes, until when.</summary>
internal sealed class PartSignature(byte[] secret)
{
    public string Sign(string uploadId, int number, long size, string sha256, long expires)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"part\n{uploadId}\n{number}\n{size}\n{sha256}\n{expires}");
        return Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text)));
    }

    public bool IsValid(FilePart part, DateTimeOffset now) =>
        now.ToUnixTimeSeconds() <= part.Expires
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Sign(part.UploadId, part.Number, part.Size, part.Sha256, part.Expires)), Encoding.UTF8.GetBytes(part.Signature));

    /// <summary>The configured secret, or a random one that every process of the same folder finds again.</summary>
    public static byte[] Secret(StorageOptions options)
    {
        if (options.Secret.Length > 0)
        {
            return Encoding.UTF8.GetBytes(options.Secret);
        }

        var path = Path.Combine(options.Folder, "part-secret");
        if (!File.Exists(path))
        {
            var mine = path + "." + Guid.CreateVersion7().ToString("N");
            var onlyMe = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                onlyMe.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var file = new FileStream(mine, onlyMe))
            {
                file.Write(RandomNumberGenerator.GetBytes(32));
            }

            TryClaim(mine, path);
        }

        return File.ReadAllBytes(path);
    }

    /// <summary>Two processes may start at once: the first rename stands.</summary>
    private static void TryClaim(string mine, string path)
    {
        try
        {
            File.Move(mine, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(mine);
        }
    }
}
