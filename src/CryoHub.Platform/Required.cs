using CryoHub.Imaging;

namespace CryoHub.Platform;

/// <summary>Checks of what people type, in words they can act on.</summary>
internal static class Required
{
    /// <summary>The name without outer blanks.</summary>
    public static string Name(string? name, int longest = 200)
    {
        var trimmed = name?.Trim() ?? "";
        return trimmed.Length == 0 ? throw new ProblemException(ProblemKind.Invalid, "A name is needed.")
            : trimmed.Length > longest ? throw new ProblemException(ProblemKind.Invalid, $"The name has {trimmed.Length} characters; {longest} is the limit.")
            : trimmed;
    }

    /// <summary>Text that may be left out, without outer blanks.</summary>
    public static string AtMost(string? text, int longest, string what)
    {
        var trimmed = text?.Trim() ?? "";
        return trimmed.Length <= longest ? trimmed : throw new ProblemException(ProblemKind.Invalid, $"{what}: {trimmed.Length} characters; {longest} is the limit.");
    }

    public static string Email(string? email)
    {
        var trimmed = email?.Trim() ?? "";
        return System.Net.Mail.MailAddress.TryCreate(trimmed, out var address) && address.Address == trimmed && trimmed.Length <= 256
            ? trimmed
            : throw new ProblemException(ProblemKind.Invalid, $"“{trimmed}” is not a mail address.");
    }

    public static long? Quota(long? bytes) =>
        bytes < 0 ? throw new ProblemException(ProblemKind.Invalid, $"A quota of {bytes} bytes is not possible.") : bytes;
}
