using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CryoHub.Platform;

/// <summary>A random code that is shown once and kept as a hash. It has 256 random bits, so a plain hash cannot be guessed backwards.</summary>
internal static class SecretCode
{
    public static string New(string prefix = "") => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));
}
