using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Bytes;

/// <summary>A whole compressed stream in memory, for wrappers around files of any format; its size is bounded.</summary>
internal static class Unpacked
{
    public const long LargestContent = 512L << 20;

    public static Task<ReadOnlyMemory<byte>> ReadAsync(IByteSource unpacking, CancellationToken ct) =>
        unpacking.Length <= LargestContent
            ? ReadAsync(new ByteSourceStream(unpacking), ct)
            : throw ProblemException.Unreadable($"The file unpacks to {unpacking.Length} bytes; {LargestContent} is the limit.");

    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream packed, CancellationToken ct)
    {
        try
        {
            using var content = new MemoryStream();
            var block = new byte[64 << 10];
            int got;
            while ((got = await packed.ReadAsync(block, ct)) > 0)
            {
                content.Write(block, 0, got);
                if (content.Length > LargestContent)
                {
                    throw ProblemException.Unreadable($"The file unpacks to more than {LargestContent} bytes.");
                }
            }

            return content.GetBuffer().AsMemory(0, (int)content.Length);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw ProblemException.Unreadable($"The packed data is damaged: {broken.Message}", broken);
        }
    }
}
