using CryoHub.Imaging;

namespace CryoHub.Formats;

/// <summary>Reads one family of instrument files.</summary>
public interface IFormatReader
{
    FormatInfo Format { get; }

    /// <summary>Pure and cheap: <paramref name="head"/> is the file's first 4 KiB (less for a shorter file), nothing else is looked at.</summary>
    Match Recognise(ReadOnlySpan<byte> head, string fileName);

    /// <summary>Headers only; frames are read on demand, and the file must stay open as long as its signals are used.</summary>
    /// <exception cref="ProblemException">Unreadable, with what was expected and what was found.</exception>
    Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct);
}
