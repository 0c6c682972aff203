using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Bytes;

/// <summary>
/// A whole compressed stream in memory, for wrappers around files of any format. Kept in blocks, so that what is taken is what is held; bounded by what
/// files of the field pack into, so that a few damaged bytes cannot ask for half a gigabyte.
/// </summary>
internal sealed class Unpacked : IByteSource
{
    public const long LargestContent = 512L << 20;

    private const long AlwaysAllowed = 48L << 20;
    private const int HighestRatio = 200;   // masked maps, mostly zeros, reach 50
    private const int BlockBytes = 1 << 20;

    private readonly List<byte[]> blocks = [];

    private Unpacked()
    {
    }

    public long Length { get; private set; }

    public static Task<Unpacked> ReadAsync(IByteSource unpacking, CancellationToken ct) =>
        unpacking.Length <= LargestContent
            ? ReadWithinAsync(new ByteSourceStream(unpacking), LargestContent, ct)
            : throw ProblemException.Unreadable($"The file unpacks to {unpacking.Length} bytes; {LargestContent} is the limit.");

    /// <param name="unpacking">Gives the content.</param>
    /// <param name="packedBytes">Of the file that is unpacked.</param>
    /// <param name="ct">Stops.</param>
    /// <exception cref="ProblemException">The packed data is damaged, or unpacks to more than is allowed.</exception>
    public static Task<Unpacked> ReadAsync(Stream unpacking, long packedBytes, CancellationToken ct) =>
        ReadWithinAsync(unpacking, MostOf(packedBytes), ct);

    /// <summary>What a packed file of this size may unpack to.</summary>
    public static long MostOf(long packedBytes) => Math.Min(LargestContent, AlwaysAllowed + (HighestRatio * packedBytes));

    public ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken ct)
    {
        ByteRange.Check(offset, destination.Length, Length);
        while (destination.Length > 0)
        {
            var part = blocks[(int)(offset / BlockBytes)].AsMemory((int)(offset % BlockBytes));
            part = part[..Math.Min(part.Length, destination.Length)];
            part.CopyTo(destination);
            destination = destination[part.Length..];
            offset += part.Length;
        }

        return ValueTask.CompletedTask;
    }

    private static async Task<Unpacked> ReadWithinAsync(Stream unpacking, long most, CancellationToken ct)
    {
        var content = new Unpacked();
        try
        {
            while (true)
            {
                var block = new byte[BlockBytes];
                var got = await unpacking.ReadAtLeastAsync(block, BlockBytes, throwOnEndOfStream: false, ct);
                content.blocks.Add(block);
                content.Length += got;
                if (content.Length > most)
                {
                    throw ProblemException.Unreadable($"The file unpacks to more than {most} bytes, the limit for a packed file of its size.");
                }

                if (got < BlockBytes)
                {
                    return content;
                }
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw ProblemException.Unreadable($"The packed data is damaged: {broken.Message}", broken);
        }
    }
}
