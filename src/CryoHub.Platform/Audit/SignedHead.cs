using System.Globalization;
using System.Text;

namespace CryoHub.Platform.Audit;

/// <summary>The head of a chain as it was at a time, signed (ECDSA P-256 over <see cref="SignedText"/>, SHA-256); kept in the object store, out of the database's reach.</summary>
/// <param name="Chain">The lab; the empty id for what belongs to no lab.</param>
/// <param name="Hash">Hexadecimal.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo, base64.</param>
/// <param name="Signature">IEEE P1363, base64.</param>
public sealed record SignedHead(Guid Chain, long Number, string Hash, DateTimeOffset At, string PublicKey, string Signature)
{
    /// <summary>What is signed, in bytes.</summary>
    public byte[] SignedText() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cryohub audit head\n{Chain:D}\n{Number}\n{Hash}\n{At.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffffffZ}"));
}
