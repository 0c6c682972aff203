using CryoHub.Imaging;

namespace CryoHub.Formats.Mib;

/// <summary>How the pixels of one frame lie.</summary>
/// <param name="Pixel">Type handed out.</param>
/// <param name="RawBits">Depth of the counters in a raw file; 0 where the detector has put the pixels in order.</param>
/// <param name="Columns">Of the frame handed out.</param>
/// <param name="Rows">Of the frame handed out.</param>
/// <param name="IsSquareOfChips">Four chips stand side by side in the file and in a square on the detector.</param>
/// <param name="HeaderBytes">Text before the pixels.</param>
internal sealed record MibLayout(PixelType Pixel, int RawBits, int Columns, int Rows, bool IsSquareOfChips, int HeaderBytes)
{
    public const int ChipSide = 256;

    /// <summary>Bytes of the pixels of one frame in the file. 24 bits are stored as two images of 12.</summary>
    public long PixelBytes => (long)Columns * Rows * RawBits switch { 0 => Pixel.Bytes() * 8, 1 => 1, 6 => 8, 12 => 16, _ => 32 } / 8;

    public long RecordBytes => HeaderBytes + PixelBytes;

    public static MibLayout Of(MibFrameHeader header, int? counterDepth)
    {
        var isSquare = header.IsRaw && header.IsSquareOfChips && header.StoredColumns == 4 * ChipSide && header.StoredRows == ChipSide;
        var (columns, rows) = isSquare ? (2 * ChipSide, 2 * ChipSide) : (header.StoredColumns, header.StoredRows);
        var depth = header.CounterDepth ?? counterDepth;
        var (pixel, bits) = (header.IsRaw, header.Bits, depth) switch
        {
            (false, 8, _) => (PixelType.UInt8, 0),
            (false, 16, _) => (PixelType.UInt16, 0),
            (false, _, _) => (PixelType.UInt32, 0),
            (true, _, 1) => (PixelType.UInt8, 1),
            (true, _, 6) => (PixelType.UInt8, 6),
            (true, _, 12) => (PixelType.UInt16, 12),
            (true, _, 24) => (PixelType.UInt32, 24),
            _ => throw ProblemException.Unreadable($"A raw frame states a counter depth of {depth?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "nothing"}, here and in the .hdr file; 1, 6, 12 and 24 bits are known."),
        };
        return bits == 0 || (header.StoredColumns % 64 == 0)
            ? new MibLayout(pixel, bits, columns, rows, isSquare, header.Bytes)
            : throw ProblemException.Unreadable($"A raw frame has rows of {header.StoredColumns} pixels; they come in words of 64 bits.");
    }
}
