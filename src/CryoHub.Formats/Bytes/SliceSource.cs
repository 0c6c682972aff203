using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Bytes;

/// <summary>A part of another source: a file that lies uncompressed inside an archive.</summary>
internal sealed class SliceSource : IByteSource
{
    private readonly IByteSource whole;
    private readonly long start;

    public SliceSource(IByteSource whole, long start, long length)
    {
        ByteRange.Check(start, length, whole.Length);
        (this.whole, this.start, Length) = (whole, start, length);
    }

    public long Length { get; }

    public ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken ct)
    {
        ByteRange.Check(offset, destination.Length, Length);
        return whole.ReadAsync(start + offset, destination, ct);
    }
}
