using System.Buffers.Binary;
using CryoHub.Imaging;

namespace CryoHub.Formats.Bruker;

/// <summary>The three ways in which the Delphi software packs the spectrum of one pixel.</summary>
internal static class PixelCounts
{
    /// <summary>Each pulse is the number of its channel, in 16 bits. Pulses beyond the last channel are dropped, as the sum spectrum drops them.</summary>
    public static void Add16BitPulses(ReadOnlySpan<byte> data, Span<uint> counts)
    {
        for (; data.Length >= 2; data = data[2..])
        {
            Count(BinaryPrimitives.ReadUInt16LittleEndian(data), counts);
        }
    }

    /// <summary>Each pulse is the number of its channel, in 12 bits: the file swaps the bytes of each 16-bit word, then the most significant bits come first.</summary>
    public static void Add12BitPulses(ReadOnlySpan<byte> data, int pulses, Span<uint> counts)
    {
        if ((((pulses * 3) + 1) / 2 + 1 & ~1) > data.Length)
        {
            throw Short(data.Length, $"{pulses} pulses of 12 bits");
        }

        for (var pulse = 0; pulse < pulses; pulse++)
        {
            var at = pulse / 2 * 3;                                     // two pulses share three bytes
            var channel = pulse % 2 == 0
                ? (data[at ^ 1] << 4) | (data[(at + 1) ^ 1] >> 4)
                : ((data[(at + 1) ^ 1] & 0x0F) << 8) | data[(at + 2) ^ 1];
            Count(channel, counts);
        }
    }

    /// <summary>Runs of counts: width in half bytes (0 = zeros), number of counts, an offset added to each (twice as wide), the counts.</summary>
    public static void AddRuns(ReadOnlySpan<byte> data, Span<uint> counts)
    {
        var channel = 0;
        while (data.Length >= 2)
        {
            var width = data[0];                                        // in half bytes
            var run = data[1];
            data = data[2..];
            if (width != 0)
            {
                var bytes = width + (((run * width) + 1) / 2);
                if (width is not (1 or 2 or 4 or 8) || bytes > data.Length)
                {
                    throw Short(data.Length, $"a run of {run} counts of {width} half bytes");
                }

                AddRun(data[..bytes], width, counts[Math.Min(channel, counts.Length)..Math.Min(channel + run, counts.Length)]);
                data = data[bytes..];
            }

            channel += run;
        }
    }

    private static void AddRun(ReadOnlySpan<byte> data, int width, Span<uint> counts)
    {
        var values = data[width..];
        var gain = Word(data, width);
        for (var i = 0; i < counts.Length; i++)
        {
            var value = width == 1 ? (ulong)(values[i / 2] >> (i % 2 * 4)) & 0x0F : Word(values[(i * width / 2)..], width / 2);
            counts[i] += (uint)Math.Min(uint.MaxValue, value + gain);
        }
    }

    private static ulong Word(ReadOnlySpan<byte> data, int bytes) => bytes switch
    {
        1 => data[0],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(data),
        4 => BinaryPrimitives.ReadUInt32LittleEndian(data),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(data),
    };

    private static void Count(int channel, Span<uint> counts)
    {
        if (channel < counts.Length)
        {
            counts[channel]++;
        }
    }

    private static ProblemException Short(int have, string need) => ProblemException.Unreadable($"A pixel of the hypermap promises {need}; it holds {have} bytes.");
}
