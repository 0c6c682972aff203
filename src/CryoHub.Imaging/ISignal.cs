namespace CryoHub.Imaging;

/// <summary>A header and its pixels, read on demand.</summary>
public interface ISignal
{
    SignalHeader Header { get; }

    /// <summary>
    /// Reads frame number <paramref name="frame"/> (all axes but the last two, C order) into <paramref name="destination"/>, which holds exactly
    /// <see cref="SignalHeader.FrameBytes"/> bytes: native type, little endian, C order.
    /// </summary>
    /// <exception cref="ProblemException">The bytes cannot be read as the header promised.</exception>
    ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct);
}
