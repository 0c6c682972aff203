using System.Text;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Phenom;

/// <summary>The small parts that a project is made of; every count is compared with what is left before anything is allocated.</summary>
internal sealed class ElidCursor(IByteSource file)
{
    private const int LongestText = 1 << 16;
    private const int MostChannels = 1 << 16;

    private readonly ByteCursor cursor = new(file, bigEndian: false);

    public long Position => cursor.Position;

    public void Skip(long bytes) => cursor.Skip(bytes);

    public async ValueTask<bool> FlagAsync(CancellationToken ct) => await cursor.ByteAsync(ct) != 0;

    public ValueTask<byte> ByteAsync(CancellationToken ct) => cursor.ByteAsync(ct);

    public async ValueTask<long> CountAsync(CancellationToken ct) => (uint)await cursor.Int32Async(ct);

    public ValueTask<double> NumberAsync(CancellationToken ct) => cursor.Float64Async(ct);

    public async ValueTask<string> TextAsync(CancellationToken ct)
    {
        var length = await CountAsync(ct);
        return length <= LongestText
            ? Encoding.UTF8.GetString((await cursor.TakeAsync((int)length, ct)).Span)
            : throw ProblemException.Unreadable($"A text of {length} bytes stands at byte {cursor.Position}; at most {LongestText} are expected.");
    }

    /// <summary>Skips a list of entries of one size.</summary>
    public async ValueTask SkipListAsync(int entryBytes, CancellationToken ct) => cursor.Skip(await CountAsync(ct) * entryBytes);

    /// <summary>A list of atomic numbers.</summary>
    public async ValueTask<byte[]> ElementsAsync(CancellationToken ct)
    {
        var count = await CountAsync(ct);
        return count <= 256 ? (await cursor.TakeAsync((int)count, ct)).ToArray() : throw ProblemException.Unreadable($"{count} elements are listed at byte {cursor.Position}.");
    }

    /// <summary>Counts packed in seven bits a byte, the lowest first.</summary>
    public async ValueTask<uint[]> CountsAsync(long count, CancellationToken ct)
    {
        if (count < 0 || count > cursor.Length - cursor.Position)
        {
            throw ProblemException.Unreadable($"{count} counts are promised at byte {cursor.Position}; {cursor.Length - cursor.Position} bytes are left.");
        }

        var counts = new uint[count];
        for (var i = 0; i < counts.Length; i++)
        {
            var shift = 0;
            byte part;
            do
            {
                part = await cursor.ByteAsync(ct);
                counts[i] |= shift < 32 ? (uint)(part & 127) << shift : throw ProblemException.Unreadable($"A count at byte {cursor.Position} has more than 32 bits.");
                shift += 7;
            }
            while ((part & 128) != 0);
        }

        return counts;
    }

    /// <summary>Offset and dispersion in eV, then the channels.</summary>
    public async ValueTask<ElidSpectrum> SpectrumAsync(CancellationToken ct)
    {
        var (offset, dispersion, channels) = (await NumberAsync(ct), await NumberAsync(ct), await CountAsync(ct));
        return channels <= MostChannels
            ? new ElidSpectrum(offset, dispersion, await CountsAsync(channels, ct))
            : throw ProblemException.Unreadable($"A spectrum of {channels} channels stands at byte {cursor.Position}; at most {MostChannels} are expected.");
    }
}
