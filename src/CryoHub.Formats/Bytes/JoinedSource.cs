using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Bytes;

/// <summary>Files that continue each other as one.</summary>
internal sealed class JoinedSource : IByteSource
{
    private readonly IReadOnlyList<IByteSource> parts;
    private readonly long[] starts;

    public JoinedSource(IReadOnlyList<IByteSource> parts)
    {
        this.parts = parts;
        starts = new long[parts.Count + 1];
        for (var i = 0; i < parts.Count; i++)
        {
            starts[i + 1] = checked(starts[i] + parts[i].Length);
        }
    }

    public long Length => starts[^1];

    public async ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken ct)
    {
        ByteRange.Check(offset, destination.Length, Length);
        var part = Array.BinarySearch(starts, offset);
        part = part < 0 ? ~part - 1 : part;
        while (destination.Length > 0)
        {
            var count = (int)Math.Min(destination.Length, starts[part + 1] - offset);
            if (count > 0)
            {
                await parts[part].ReadAsync(offset - starts[part], destination[..count], ct);
                destination = destination[count..];
                offset += count;
            }

            part++;
        }
    }
}
