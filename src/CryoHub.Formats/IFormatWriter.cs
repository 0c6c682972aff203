using CryoHub.Imaging;

namespace CryoHub.Formats;

/// <summary>Writes one signal as a file of one kind, frame by frame.</summary>
public interface IFormatWriter
{
    /// <summary>With the dot, lower case.</summary>
    string Extension { get; }

    /// <summary>What can be written, in a line.</summary>
    string Writes { get; }

    /// <summary>Why the format cannot hold such a signal, in a sentence; <c>null</c> where it can. Only the header is looked at.</summary>
    string? Refusal(SignalHeader header) => null;

    /// <returns>What the format could not hold, in a sentence; <c>null</c> where nothing is lost.</returns>
    /// <exception cref="ProblemException">Invalid: the format cannot hold this signal.</exception>
    Task<string?> WriteAsync(ISignal signal, Stream output, CancellationToken ct);
}
