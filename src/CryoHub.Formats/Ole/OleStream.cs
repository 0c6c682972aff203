using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Ole;

/// <summary>A stream of a compound file as a byte source.</summary>
internal sealed class OleStream(IByteSource source, List<OleExtent> extents, long length) : IByteSource
{
    public long Length => length;

    public async ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken ct)
    {
        ByteRange.Check(offset, destination.Length, Length);
        var index = extents.BinarySearch(new OleExtent(offset, 0, 0), Comparer<OleExtent>.Create((a, b) => a.At.CompareTo(b.At)));
        for (var extent = index >= 0 ? index : ~index - 1; destination.Length > 0; extent++)
        {
            var within = offset - extents[extent].At;
            var bytes = (int)Math.Min(destination.Length, extents[extent].Length - within);
            await source.ReadAsync(extents[extent].Source + within, destination[..bytes], ct);
            destination = destination[bytes..];
            offset += bytes;
        }
    }
}
