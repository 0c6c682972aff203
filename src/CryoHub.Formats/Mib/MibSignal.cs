using System.Buffers.Binary;
using System.Runtime.InteropServices;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Mib;

/// <summary>
/// Frames of a Merlin detector: rows from the bottom up, numbers with the high byte first; raw ones in 64-bit words with the last pixel first.
/// </summary>
internal sealed class MibSignal(SignalHeader header, IByteSource source, MibLayout layout) : ISignal
{
    public SignalHeader Header { get; } = header;

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, Header.FrameCount);
        var stored = new byte[layout.PixelBytes];
        await source.ReadAsync((frame * layout.RecordBytes) + layout.HeaderBytes, stored, ct);
        var pixels = layout.RawBits == 0 ? stored : new byte[Header.FrameBytes];
        if (layout.RawBits == 0)
        {
            ByteOrder.Reverse(layout.Pixel, pixels);
        }
        else
        {
            Unpack(stored, pixels);
        }

        Place(pixels, destination.Span);
    }

    private void Unpack(ReadOnlySpan<byte> stored, Span<byte> pixels)
    {
        switch (layout.RawBits)
        {
            case 1:
                var words = MemoryMarshal.Cast<byte, ulong>(stored);
                for (var i = 0; i < pixels.Length; i++)
                {
                    pixels[i] = (byte)((BinaryPrimitives.ReverseEndianness(words[i >> 6]) >> (i & 63)) & 1);
                }

                break;
            case 6:
                for (var i = 0; i < pixels.Length; i++)
                {
                    pixels[i] = stored[(i & ~7) + 7 - (i & 7)];
                }

                break;
            case 12:
                var twelve = MemoryMarshal.Cast<byte, ushort>(pixels);
                for (var i = 0; i < twelve.Length; i++)
                {
                    twelve[i] = Twelve(stored, i);
                }

                break;
            default:
                // The image of the upper 12 bits, then that of the lower.
                var wide = MemoryMarshal.Cast<byte, uint>(pixels);
                for (var i = 0; i < wide.Length; i++)
                {
                    wide[i] = ((uint)Twelve(stored, i) << 12) + Twelve(stored[(stored.Length / 2)..], i);
                }

                break;
        }
    }

    /// <summary>Four numbers a word, the last one first.</summary>
    private static ushort Twelve(ReadOnlySpan<byte> stored, int pixel) =>
        BinaryPrimitives.ReadUInt16BigEndian(stored[(2 * ((pixel & ~3) + 3 - (pixel & 3)))..]);

    private void Place(ReadOnlySpan<byte> pixels, Span<byte> destination)
    {
        var bytes = layout.Pixel.Bytes();
        var row = layout.Columns * bytes;
        if (!layout.IsSquareOfChips)
        {
            for (var y = 0; y < layout.Rows; y++)
            {
                pixels.Slice(y * row, row).CopyTo(destination[((layout.Rows - 1 - y) * row)..]);
            }

            return;
        }

        const int side = MibLayout.ChipSide;
        for (var y = 0; y < side; y++)
        {
            for (var chip = 0; chip < 4; chip++)
            {
                // Processed files of the same detector show: chips 3 and 2 are the upper half as stored, chips 1 and 0, turned by 180 degrees, the lower one.
                var line = pixels.Slice((((y * 4) + chip) * side) * bytes, side * bytes);
                var stored = chip >= 2 ? y : (2 * side) - 1 - y;
                var left = chip is 0 or 2 ? side : 0;
                var target = destination.Slice((((layout.Rows - 1 - stored) * layout.Columns) + left) * bytes, side * bytes);
                line.CopyTo(target);
                if (chip < 2)
                {
                    Turn(target, bytes);
                }
            }
        }
    }

    private static void Turn(Span<byte> line, int bytes)
    {
        switch (bytes)
        {
            case 1: line.Reverse(); break;
            case 2: MemoryMarshal.Cast<byte, ushort>(line).Reverse(); break;
            default: MemoryMarshal.Cast<byte, uint>(line).Reverse(); break;
        }
    }
}
