using System.Buffers.Binary;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff.Eer;

/// <summary>
/// Electron event representation (Guo et al., IUCrJ 7 (2020) 860, and the file format documentation 3.0 of Thermo Fisher): a bit stream, lowest bit first, of
/// runs of empty
/// pixels in raster order, each followed by one electron and its place inside the pixel.
/// </summary>
internal static class EerDecoder
{
    /// <summary>Bytes that must be readable behind the stream.</summary>
    public const int Padding = 8;

    /// <summary>Counts the electrons of one frame, one byte a pixel; a pixel holds at most one electron a frame.</summary>
    /// <param name="stream">The coded frame, and <see cref="Padding"/> bytes behind it.</param>
    /// <param name="coding">Bits of each part of a code.</param>
    /// <param name="counts">The pixels.</param>
    /// <exception cref="ProblemException">Unreadable: the runs do not end with the last pixel.</exception>
    public static void Decode(ReadOnlySpan<byte> stream, EerCoding coding, Span<byte> counts)
    {
        counts.Clear();
        var end = Runs(stream, coding, coding.PlaceBits, 0, counts);
        if (end != counts.Length && coding.RunBits == 8)
        {
            // Cameras before the documentation wrote the four bits of place behind a run without electron too: each code is 12 bits then.
            counts.Clear();
            end = Runs(stream, coding, coding.PlaceBits, coding.PlaceBits, counts);
        }

        if (end != counts.Length)
        {
            throw ProblemException.Unreadable($"The runs of a frame lead to pixel {end} of {counts.Length}.");
        }
    }

    /// <returns>The pixel that the runs lead to; -1 beyond the last one.</returns>
    private static long Runs(ReadOnlySpan<byte> stream, EerCoding coding, int placeBits, int skippedBits, Span<byte> counts)
    {
        var all = (1u << coding.RunBits) - 1;
        var longest = coding.RunBits + Math.Max(placeBits, skippedBits);
        var bits = 8L * (stream.Length - Padding);
        var (bit, pixel) = (0L, 0L);
        while (bit + coding.RunBits <= bits)
        {
            // 57 bits at least, whatever the bit within the byte: two to four codes a load.
            var at = (int)(bit >> 3);
            var window = BinaryPrimitives.ReadUInt64LittleEndian(stream[at..]) >> (int)(bit & 7);
            var taken = 0;
            var most = (int)Math.Min(64 - (bit & 7), bits - bit) - longest;
            do
            {
                var run = (uint)window & all;
                pixel += run;
                if (pixel >= counts.Length)
                {
                    return pixel == counts.Length ? pixel : -1;
                }

                var code = coding.RunBits + (run == all ? skippedBits : placeBits);
                if (run != all)
                {
                    if (bit + taken + code > bits)
                    {
                        return pixel;   // what fills the last byte is no electron
                    }

                    counts[(int)pixel] = 1;
                    pixel++;
                }

                window >>= code;
                taken += code;
            }
            while (taken <= most);

            bit += taken;
        }

        return pixel;
    }
}
