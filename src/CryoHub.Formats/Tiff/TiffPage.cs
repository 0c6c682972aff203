using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff;

/// <summary>How one page stores its pixels, checked against the file.</summary>
/// <param name="Directory">Offset of the page's directory.</param>
/// <param name="Format">What all pages of a stack must share.</param>
/// <param name="Tiled">Tiles, else strips.</param>
/// <param name="ChunkWidth">Columns of a strip or tile.</param>
/// <param name="ChunkHeight">Rows of a strip or tile.</param>
/// <param name="Offsets">Where each strip or tile begins.</param>
/// <param name="Counts">Its bytes in the file.</param>
internal sealed record TiffPage(long Directory, TiffPixelFormat Format, bool Tiled, int ChunkWidth, int ChunkHeight, long[] Offsets, long[] Counts)
{
    private const int MostPixelsASide = 1 << 24;

    public int ChunksAcross => (Format.Width + ChunkWidth - 1) / ChunkWidth;

    public int ChunksDown => (Format.Height + ChunkHeight - 1) / ChunkHeight;

    /// <summary>Bytes of one row of a strip or tile once decoded.</summary>
    public int ChunkRowBytes => (int)((((long)ChunkWidth * Format.PlaneSamples * Format.Bits) + 7) / 8);

    public static async Task<TiffPage> ReadAsync(IByteSource file, TiffTags tags, CancellationToken ct)
    {
        var width = await SizeAsync(tags, 256, "width", ct);
        var height = await SizeAsync(tags, 257, "height", ct);
        var format = await TiffPixelFormat.ReadAsync(tags, width, height, ct);
        var tiled = tags.Has(322);
        var chunkWidth = tiled ? await SizeAsync(tags, 322, "tile width", ct) : width;
        var chunkHeight = tiled ? await SizeAsync(tags, 323, "tile height", ct) : (int)Math.Clamp(await tags.LongAsync(278, height, ct), 1, height);
        var offsets = await tags.LongsAsync(tiled ? 324 : 273, ct);
        var counts = await tags.LongsAsync(tiled ? 325 : 279, ct);
        var page = new TiffPage(tags.Offset, format, tiled, chunkWidth, chunkHeight, offsets, counts);
        return page.Checked(file.Length);
    }

    private TiffPage Checked(long length)
    {
        var chunks = (long)ChunksAcross * ChunksDown * Format.Planes;
        var chunkBytes = (((long)ChunkWidth * Format.PlaneSamples * Format.Bits) + 7) / 8 * ChunkHeight;
        if (Offsets.Length < chunks || chunkBytes > int.MaxValue)
        {
            throw ProblemException.Unreadable($"The page has {Offsets.Length} strips or tiles of {chunkBytes} bytes; {Format.Width} x {Format.Height} pixels need {chunks}.");
        }

        // Some writers leave the byte counts out where nothing is compressed: they follow from the sizes.
        var page = Counts.Length < Offsets.Length && !Format.IsCompressed ? this with { Counts = [.. Offsets.Select((_, index) => ExpectedBytes(index))] } : this;
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            page.Check(chunk, length);
        }

        if (Format.IsCompressed && Format.FrameBytes > page.Counts.Sum() * Format.BestRatio)
        {
            throw ProblemException.Unreadable($"The page promises {Format.FrameBytes} bytes of pixels out of {page.Counts.Sum()} compressed ones; compression {Format.Compression} cannot do that.");
        }

        return page;
    }

    private void Check(int chunk, long length)
    {
        var (offset, count) = (Offsets[chunk], chunk < Counts.Length ? Counts[chunk] : 0);
        var need = Format.IsCompressed ? 1 : ExpectedBytes(chunk);
        if (offset < 0 || count < 0 || count > length - offset || count < need)
        {
            throw ProblemException.Unreadable($"{(Tiled ? "Tile" : "Strip")} {chunk} of {Offsets.Length} holds {count} bytes from byte {offset} of a file of {length}; {need} were expected.");
        }
    }

    private long ExpectedBytes(int chunk)
    {
        var row = chunk / ChunksAcross % ChunksDown;
        var rows = Tiled ? ChunkHeight : Math.Min(ChunkHeight, Format.Height - (row * ChunkHeight));
        return Format.IsSubsampled ? 1 : (long)rows * ChunkRowBytes;
    }

    private static async ValueTask<int> SizeAsync(TiffTags tags, int tag, string what, CancellationToken ct)
    {
        var size = await tags.LongAsync(tag, 0, ct);
        return size is >= 1 and <= MostPixelsASide ? (int)size : throw ProblemException.Unreadable($"The page states a {what} of {size} pixels; 1 to {MostPixelsASide} are possible.");
    }
}
