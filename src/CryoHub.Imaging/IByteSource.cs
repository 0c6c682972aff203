namespace CryoHub.Imaging;

/// <summary>Random access to bytes: S3 ranges, local files, a parent process and test arrays look alike. Never a Stream.</summary>
public interface IByteSource
{
    long Length { get; }

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/>; a range beyond <see cref="Length"/> is a <see cref="ProblemException"/>.</summary>
    ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken ct);
}
