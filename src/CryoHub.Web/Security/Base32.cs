namespace CryoHub.Web.Security;

/// <summary>Base32 (RFC 4648), the spelling of authenticator keys.</summary>
internal static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] Decode(string text)
    {
        var letters = text.TrimEnd('=');
        var bytes = new byte[letters.Length * 5 / 8];
        var (bits, count, next) = (0, 0, 0);
        foreach (var letter in letters)
        {
            bits = (bits << 5) | Alphabet.IndexOf(char.ToUpperInvariant(letter));
            count += 5;
            if (count >= 8)
            {
                count -= 8;
                bytes[next++] = (byte)(bits >> count);
                bits &= (1 << count) - 1;
            }
        }

        return bytes;
    }
}
