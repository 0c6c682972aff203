using CryoHub.Imaging;

namespace CryoHub.Formats;

/// <summary>Why nobody reads a file: a sentence about the file, then a line for each reader that was asked.</summary>
internal static class UnknownFile
{
    public static string Report(IReadOnlyList<IFormatReader> readers, ReadOnlySpan<byte> head, ISourceFile file)
    {
        var ending = Path.GetExtension(file.Name).ToLowerInvariant();
        var beginning = Convert.ToHexString(head[..Math.Min(8, head.Length)]);
        var summary = $"No reader knows {file.Name}: its {file.Bytes.Length} bytes begin with {beginning}; {readers.Count} readers were asked.";
        return string.Join('\n', readers.Select(reader => $"{reader.Format.Title}: {Reason(reader.Format, ending)}").Prepend(summary));
    }

    private static string Reason(FormatInfo format, string ending) => format.Extensions.Contains(ending)
        ? $"the ending {ending} is one of its own, but the file does not begin as such a file must."
        : $"the file does not begin as such a file must, and its ending {(ending.Length > 0 ? ending : "(none)")} is not one of {string.Join(", ", format.Extensions)}.";
}
