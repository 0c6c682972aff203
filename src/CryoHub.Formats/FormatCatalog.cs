using CryoHub.Formats.DigitalMicrograph;
using CryoHub.Formats.Gzip;
using CryoHub.Formats.Mrc;
using CryoHub.Formats.Msa;
using CryoHub.Formats.Ser;
using CryoHub.Imaging;

namespace CryoHub.Formats;

/// <summary>Every format CryoHub reads, in the order in which they are asked.</summary>
public static class FormatCatalog
{
    public static IReadOnlyList<IFormatReader> Readers { get; } =
    [
        new DigitalMicrographReader(),
        new SerReader(),
        new MsaReader(),
        new GzipReader(),
        new MrcReader(),
        new Bruker.BcfReader(),
        new Bruker.SpxReader(),
        new Tiff.TiffReader(),
    ];

    /// <summary>The reader with the best match, first in the list on a tie.</summary>
    /// <exception cref="ProblemException">No reader knows the file; the message says what was looked at.</exception>
    public static async Task<IFormatReader> DetectAsync(ISourceFile file, CancellationToken ct)
    {
        var head = new byte[(int)Math.Min(4096, file.Bytes.Length)];
        await file.Bytes.ReadAsync(0, head, ct);
        var best = Readers.Select(reader => (Reader: reader, Match: reader.Recognise(head, file.Name))).OrderByDescending(candidate => candidate.Match).FirstOrDefault();
        return best.Match > Match.No ? best.Reader : throw ProblemException.Unreadable(Refusal(file, head));
    }

    private static string Refusal(ISourceFile file, ReadOnlySpan<byte> head) =>
        head.Length == 0
            ? $"{file.Name} is empty (0 bytes)."
            : $"No reader knows {file.Name}: its {file.Bytes.Length} bytes begin with {Convert.ToHexString(head[..Math.Min(8, head.Length)])}. Asked: {string.Join(", ", Readers.Select(reader => reader.Format.Title))}.";
}
