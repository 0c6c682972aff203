using CryoHub.Imaging;

namespace CryoHub.Analyses;

/// <summary>Reads a document that somebody gives as an input.</summary>
internal static class DocumentBytes
{
    /// <summary>The whole text as UTF-8.</summary>
    /// <exception cref="ProblemException">It has more than <paramref name="most"/> bytes.</exception>
    public static async Task<byte[]> ReadAsync(ISignal document, string what, long most, CancellationToken ct)
    {
        if (document.Header.PixelCount > most)
        {
            throw ProblemException.Invalid($"{what} has at most {most} bytes; \"{document.Header.Name}\" has {document.Header.PixelCount}.");
        }

        var bytes = new byte[document.Header.FrameBytes];
        await document.ReadFrameAsync(0, bytes, ct);
        return bytes;
    }
}
