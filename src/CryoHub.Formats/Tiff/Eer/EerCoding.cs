using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff.Eer;

/// <summary>How the electrons of a frame are coded: bits of the run of empty pixels before each, and of its place inside its pixel.</summary>
/// <param name="RunBits">A run of all ones goes on with the next code and has no electron.</param>
/// <param name="PlaceBits">Horizontal and vertical place inside the pixel; read over, as frames are given at the resolution of the sensor.</param>
internal readonly record struct EerCoding(int RunBits, int PlaceBits)
{
    /// <summary>Compression 65000: 8 bits, 65001: 7 bits, 65002: as tags 65007, 65008 and 65009 say. <c>null</c> for other compressions.</summary>
    public static async ValueTask<EerCoding?> OfAsync(TiffTags tags, long compression, CancellationToken ct)
    {
        switch (compression)
        {
            case 65000:
                return new EerCoding(8, 4);
            case 65001:
                return new EerCoding(7, 4);
            case 65002:
                var (run, across, down) = (await tags.LongAsync(65007, 7, ct), await tags.LongAsync(65008, 2, ct), await tags.LongAsync(65009, 2, ct));
                return run is >= 2 and <= 15 && across is >= 0 and <= 4 && down is >= 0 and <= 4
                    ? new EerCoding((int)run, (int)(across + down))
                    : throw ProblemException.Unreadable($"Electrons are coded with {run} bits of run and {across} + {down} bits of place; 2 to 15 and up to 4 are known.");
            default:
                return null;
        }
    }
}
