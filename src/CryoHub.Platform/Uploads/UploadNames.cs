using System.Security.Cryptography;
using System.Text;
using CryoHub.Imaging;

namespace CryoHub.Platform.Uploads;

/// <summary>File names are data: kept as they were typed, never used as a path, so almost everything is allowed.</summary>
internal static class UploadNames
{
    private const int MaxPath = 4096;
    private const int MaxName = 400;

    public static void Check(string? path)
    {
        path ??= "";
        var bytes = Encoding.UTF8.GetByteCount(path);
        if (path.Length == 0 || path.EndsWith('/') || bytes > MaxPath || path.Contains('\0'))
        {
            throw ProblemException.Invalid($"A file needs a name of 1 to {MaxPath} bytes without a zero byte; this one has {bytes} bytes.");
        }
    }

    /// <summary>The last segment, cut where the column ends, never inside a character.</summary>
    public static string DatasetName(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.Length <= MaxName ? name : name[..(char.IsHighSurrogate(name[MaxName - 1]) ? MaxName - 1 : MaxName)];
    }

    public static byte[] Hash(string? sha256) =>
        sha256?.Length == 2 * SHA256.HashSizeInBytes && sha256.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(sha256)
            : throw ProblemException.Invalid($"A SHA-256 has {2 * SHA256.HashSizeInBytes} hexadecimal digits; \"{sha256?[..Math.Min(80, sha256.Length)]}\" was given.");
}
