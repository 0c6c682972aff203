using System.Buffers;
using System.Runtime.InteropServices;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Mrc;

/// <summary>The sections of an MRC file, one frame each.</summary>
internal sealed class MrcSignal(SignalHeader header, MrcHeader file, MrcLayout layout, IByteSource bytes) : ISignal
{
    public SignalHeader Header { get; } = header;

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, Header.FrameCount);
        var offset = layout.DataOffset + (frame * layout.SectionBytes);
        if (file.Mode is not (MrcMode.ComplexInt16 or MrcMode.Packed4Bit))
        {
            await bytes.ReadAsync(offset, destination, ct);
            if (file.BigEndian)
            {
                ByteOrder.Reverse(layout.Pixel, destination.Span);
            }

            return;
        }

        var packed = ArrayPool<byte>.Shared.Rent((int)layout.SectionBytes);
        try
        {
            var section = packed.AsMemory(0, (int)layout.SectionBytes);
            await bytes.ReadAsync(offset, section, ct);
            Unpack(section.Span, destination.Span);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    private void Unpack(Span<byte> section, Span<byte> destination)
    {
        if (file.Mode == MrcMode.Packed4Bit)
        {
            UnpackNibbles(section, destination);
            return;
        }

        if (file.BigEndian)
        {
            ByteOrder.Reverse(sizeof(short), section);
        }

        var parts = MemoryMarshal.Cast<byte, float>(destination);
        var integers = MemoryMarshal.Cast<byte, short>(section);
        for (var i = 0; i < integers.Length; i++)
        {
            parts[i] = integers[i];
        }
    }

    private void UnpackNibbles(ReadOnlySpan<byte> section, Span<byte> destination)
    {
        var columns = file.Columns;
        var rowBytes = (columns + 1) / 2;
        var (first, second) = file.HighNibbleFirst ? (4, 0) : (0, 4);
        for (var y = 0; y < file.Rows; y++)
        {
            var packed = section.Slice(y * rowBytes, rowBytes);
            var row = destination.Slice(y * columns, columns);
            for (var x = 0; x < columns; x++)
            {
                row[x] = (byte)((packed[x / 2] >> ((x & 1) == 0 ? first : second)) & 15);
            }
        }
    }
}
