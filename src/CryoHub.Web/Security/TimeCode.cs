using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CryoHub.Web.Security;

/// <summary>Time-based one-time codes: RFC 6238 over RFC 4226, HMAC-SHA-1, six digits, steps of 30 s, as all authenticator apps make them.</summary>
internal static class TimeCode
{
    private const int Digits = 6;
    private const int StepSeconds = 30;

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    public static string Of(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The standard's hash; collisions do not matter in an HMAC.
        HMACSHA1.HashData(secret, counter, mac);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 0xF)..]) & int.MaxValue;
        return (number % 1_000_000).ToString($"D{Digits}", CultureInfo.InvariantCulture);
    }

    public static bool Matches(ReadOnlySpan<byte> secret, long step, string code) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(secret, step)), Encoding.UTF8.GetBytes(code));
}
