using CryoHub.Imaging;

namespace CryoHub.Formats;

/// <summary>Reads a container that several formats share: its dialects are told apart only after opening.</summary>
public interface IContainerReader : IFormatReader
{
    /// <summary>What is told apart, each under its own key, in the order in which it is asked.</summary>
    IReadOnlyList<FormatInfo> Dialects { get; }

    /// <summary>A reader for the dialect of this file.</summary>
    /// <exception cref="ProblemException">Unreadable: the container is damaged.</exception>
    Task<IFormatReader> DialectAsync(ISourceFile file, CancellationToken ct);
}
