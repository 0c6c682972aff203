using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using CryoHub.Formats.Tiff.Eer;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff;

/// <summary>Pixels of a page: what is not compressed is read straight into place, the rest goes through libtiff.</summary>
internal static class TiffDecoder
{
    /// <summary>All samples of the page, interleaved: [y, x, sample].</summary>
    public static async ValueTask ReadAsync(IByteSource file, TiffPage page, Memory<byte> destination, CancellationToken ct)
    {
        var format = page.Format;
        if (format.IsConverted)
        {
            Convert(file, page, destination.Span, ct);
        }
        else if (format.Events is { } coding)
        {
            await ReadPlanesAsync(page, destination, (chunk, bytes) => CountAsync(file, page, chunk, coding, bytes, ct));
        }
        else if (!format.IsCompressed && !format.ReversedBits && format.Bits % 8 == 0)
        {
            await ReadPlanesAsync(page, destination, (chunk, bytes) => file.ReadAsync(page.Offsets[chunk], bytes, ct));
            ToLittleEndian(format, destination.Span);
        }
        else
        {
            using var tiff = new LibTiffFile(file, page.Directory, ct);
            await ReadPlanesAsync(page, destination, (chunk, bytes) =>
            {
                tiff.Decode(page.Tiled, chunk, bytes.Span);
                return ValueTask.CompletedTask;
            });
        }
    }

    private static async ValueTask CountAsync(IByteSource file, TiffPage page, int chunk, EerCoding coding, Memory<byte> counts, CancellationToken ct)
    {
        var length = page.Counts[chunk] <= Array.MaxLength - EerDecoder.Padding ? (int)page.Counts[chunk]
            : throw ProblemException.Unreadable($"A frame of electrons takes {page.Counts[chunk]} bytes; at most {Array.MaxLength - EerDecoder.Padding} are read at once.");
        var stream = ArrayPool<byte>.Shared.Rent(length + EerDecoder.Padding);
        try
        {
            await file.ReadAsync(page.Offsets[chunk], stream.AsMemory(0, length), ct);
            EerDecoder.Decode(stream.AsSpan(0, length + EerDecoder.Padding), coding, counts.Span);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(stream);
        }
    }

    private static async ValueTask ReadPlanesAsync(TiffPage page, Memory<byte> destination, Func<int, Memory<byte>, ValueTask> decode)
    {
        var format = page.Format;
        if (format.Planes == 1)
        {
            await ReadPlaneAsync(page, 0, destination, decode);
            return;
        }

        var sample = format.Bits <= 8 ? 1 : (format.Bits + 7) / 8;
        var plane = new byte[destination.Length / format.Planes];
        for (var p = 0; p < format.Planes; p++)
        {
            await ReadPlaneAsync(page, p, plane, decode);
            for (var i = 0; i < plane.Length / sample; i++)
            {
                plane.AsSpan(i * sample, sample).CopyTo(destination.Span[(((i * format.Planes) + p) * sample)..]);
            }
        }
    }

    private static async ValueTask ReadPlaneAsync(TiffPage page, int plane, Memory<byte> destination, Func<int, Memory<byte>, ValueTask> decode)
    {
        var format = page.Format;
        var rowBytes = destination.Length / format.Height;
        var direct = !page.Tiled && format.Bits % 8 == 0;
        var scratch = direct ? [] : new byte[page.ChunkRowBytes * page.ChunkHeight];
        for (var chunk = 0; chunk < page.ChunksAcross * page.ChunksDown; chunk++)
        {
            var top = chunk / page.ChunksAcross * page.ChunkHeight;
            var rows = Math.Min(page.ChunkHeight, format.Height - top);
            var bytes = direct ? destination.Slice(top * rowBytes, rows * rowBytes) : scratch.AsMemory(0, (page.Tiled ? page.ChunkHeight : rows) * page.ChunkRowBytes);
            await decode((plane * page.ChunksAcross * page.ChunksDown) + chunk, bytes);
            if (!direct)
            {
                Place(page, bytes.Span, destination.Span, chunk % page.ChunksAcross * page.ChunkWidth, top, rows);
            }
        }
    }

    private static void Place(TiffPage page, ReadOnlySpan<byte> chunk, Span<byte> destination, int left, int top, int rows)
    {
        var format = page.Format;
        var samples = Math.Min(page.ChunkWidth, format.Width - left) * format.PlaneSamples;
        var rowBytes = destination.Length / format.Height;
        var leftBytes = rowBytes / format.Width * left;
        for (var row = 0; row < rows; row++)
        {
            var source = chunk.Slice(row * page.ChunkRowBytes, page.ChunkRowBytes);
            var target = destination.Slice(((top + row) * rowBytes) + leftBytes, rowBytes / (format.Width * format.PlaneSamples) * samples);
            if (format.Bits % 8 == 0)
            {
                source[..target.Length].CopyTo(target);
            }
            else
            {
                Unpack(source, format.Bits, target, samples);
            }
        }
    }

    // Samples of 1 to 15 bits stand bit by bit, most significant first; each row begins on a byte.
    private static void Unpack(ReadOnlySpan<byte> packed, int bits, Span<byte> target, int samples)
    {
        var wide = MemoryMarshal.Cast<byte, ushort>(target);
        for (var sample = 0; sample < samples; sample++)
        {
            var value = 0;
            for (var bit = sample * bits; bit < (sample + 1) * bits; bit++)
            {
                value = (value << 1) | ((packed[bit >> 3] >> (7 - (bit & 7))) & 1);
            }

            if (bits <= 8)
            {
                target[sample] = (byte)value;
            }
            else
            {
                wide[sample] = (ushort)value;
            }
        }
    }

    private static void ToLittleEndian(TiffPixelFormat format, Span<byte> pixels)
    {
        if (!format.BigEndian)
        {
            return;
        }

        switch (format.SampleFormat == 6 ? format.Bits / 2 : format.Bits)
        {
            case 16:
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ushort>(pixels), MemoryMarshal.Cast<byte, ushort>(pixels));
                break;
            case 32:
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, uint>(pixels), MemoryMarshal.Cast<byte, uint>(pixels));
                break;
            case 64:
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ulong>(pixels), MemoryMarshal.Cast<byte, ulong>(pixels));
                break;
            default:
                break;
        }
    }

    private static void Convert(IByteSource file, TiffPage page, Span<byte> destination, CancellationToken ct)
    {
        var rgba = new byte[page.Format.Width * page.Format.Height * 4];
        using var tiff = new LibTiffFile(file, page.Directory, ct);
        tiff.DecodeRgba(page.Format.Width, page.Format.Height, rgba);
        for (var pixel = 0; pixel < rgba.Length / 4; pixel++)
        {
            rgba.AsSpan(pixel * 4, 3).CopyTo(destination[(pixel * 3)..]);
        }
    }
}
