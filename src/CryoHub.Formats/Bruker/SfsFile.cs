using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Bruker;

/// <summary>The stored (perhaps compressed) bytes of one file of the container, gathered from its chunks.</summary>
internal sealed class SfsFile(IByteSource container, long[] chunks, int usable, long length) : IByteSource
{
    public long Length => length;

    public async ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken ct)
    {
        ByteRange.Check(offset, destination.Length, Length);
        while (destination.Length > 0)
        {
            var (chunk, inside) = Math.DivRem(offset, usable);
            var count = (int)Math.Min(usable - inside, destination.Length);
            await container.ReadAsync(chunks[chunk] + inside, destination[..count], ct);
            destination = destination[count..];
            offset += count;
        }
    }
}
