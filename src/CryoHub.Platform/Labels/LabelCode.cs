using System.Security.Cryptography;
using CryoHub.Imaging;

namespace CryoHub.Platform.Labels;

/// <summary>What a label says: what fits into the smallest QR code (version 1 holds 16 capital letters and digits at error correction Q).</summary>
public static class LabelCode
{
    public const int Longest = 16;

    // Without I, L, O and U: nothing to confuse when somebody has to type it. Ten of them are 50 random bits, and the QR code still has error correction H.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string New() => RandomNumberGenerator.GetString(Alphabet, 10);

    /// <summary>The code in what a scanner read or a person typed; blanks and hyphens do not count, capitals neither.</summary>
    /// <exception cref="ProblemException">Invalid: this cannot be a label.</exception>
    public static string Read(string? typed)
    {
        var code = string.Concat((typed ?? "").Where(c => c is not (' ' or '-'))).ToUpperInvariant();
        if (code.Length == 0)
        {
            throw new ProblemException(ProblemKind.Invalid, "A label has 1 to 16 letters and digits; nothing was given.");
        }

        if (code.Length > Longest || !code.All(char.IsAsciiLetterOrDigit))
        {
            var shown = typed!.Length > 40 ? typed[..40] + "…" : typed;
            throw new ProblemException(ProblemKind.Invalid, $"“{shown}” is not a label of CryoHub: those have 1 to 16 letters and digits, this has {typed.Length} characters.");
        }

        return code;
    }
}
