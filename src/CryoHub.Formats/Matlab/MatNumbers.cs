using System.Runtime.InteropServices;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Statistics;

namespace CryoHub.Formats.Matlab;

/// <summary>Numbers of an array: first dimension fastest, and often stored in a smaller type than the array's own.</summary>
internal static class MatNumbers
{
    // What an array may take once it is in its own type; larger ones are written as version 7.3 (HDF5).
    private const long LargestArray = 1L << 30;

    public static PixelType Pixel(MatClass kind, bool isComplex, bool isLogical) => (kind, isComplex, isLogical) switch
    {
        (MatClass.Float32, true, _) => PixelType.Complex64,
        (_, true, _) => PixelType.Complex128,
        (MatClass.UInt8, _, true) => PixelType.Bool,
        (MatClass.Float32, _, _) => PixelType.Float32,
        (MatClass.Int8, _, _) => PixelType.Int8,
        (MatClass.UInt8, _, _) => PixelType.UInt8,
        (MatClass.Int16, _, _) => PixelType.Int16,
        (MatClass.UInt16, _, _) => PixelType.UInt16,
        (MatClass.Int32, _, _) => PixelType.Int32,
        (MatClass.UInt32, _, _) => PixelType.UInt32,
        (MatClass.Int64, _, _) => PixelType.Int64,
        (MatClass.UInt64, _, _) => PixelType.UInt64,
        _ => PixelType.Float64,
    };

    public static ISignal Open(SignalHeader header, MatElement real, MatElement? imaginary, bool bigEndian)
    {
        Check(header, real);
        if (imaginary is { } other)
        {
            Check(header, other);
        }

        var reversed = header with { Axes = [.. header.Axes.Reverse()] };
        return PermutedSignal.Of(header, new Stored(reversed, real, imaginary, bigEndian), [.. Enumerable.Range(0, header.Axes.Count).Reverse()]);
    }

    private static void Check(SignalHeader header, MatElement part)
    {
        var count = header.Shape.Aggregate(Int128.One, (product, size) => product * size);
        if (count * Type(part.Type).Bytes() != part.Bytes || count * header.Pixel.Bytes() > LargestArray)
        {
            throw ProblemException.Unreadable($"{header.Name} is {string.Join(" x ", header.Shape)} numbers of type {part.Type}; its element holds {part.Bytes} bytes.");
        }
    }

    private static PixelType Type(int type) => type switch
    {
        1 => PixelType.Int8,
        2 => PixelType.UInt8,
        3 => PixelType.Int16,
        4 => PixelType.UInt16,
        5 => PixelType.Int32,
        6 => PixelType.UInt32,
        7 => PixelType.Float32,
        9 => PixelType.Float64,
        12 => PixelType.Int64,
        13 => PixelType.UInt64,
        _ => throw ProblemException.Unreadable($"Numbers of element type {type} are not known."),
    };

    /// <summary>The array as it is stored, dimensions the other way round.</summary>
    private sealed class Stored(SignalHeader header, MatElement real, MatElement? imaginary, bool bigEndian) : ISignal
    {
        public SignalHeader Header { get; } = header;

        public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
        {
            if (imaginary is not { } other)
            {
                (await PartAsync(real, Header.Pixel, frame, ct)).CopyTo(destination);
                return;
            }

            var half = Header.Pixel == PixelType.Complex64 ? PixelType.Float32 : PixelType.Float64;
            var (reals, imaginaries) = (await PartAsync(real, half, frame, ct), await PartAsync(other, half, frame, ct));
            for (var i = 0; i < Header.FramePixels; i++)
            {
                reals.AsMemory(i * half.Bytes(), half.Bytes()).CopyTo(destination[(2 * i * half.Bytes())..]);
                imaginaries.AsMemory(i * half.Bytes(), half.Bytes()).CopyTo(destination[(((2 * i) + 1) * half.Bytes())..]);
            }
        }

        private async Task<byte[]> PartAsync(MatElement part, PixelType pixel, long frame, CancellationToken ct)
        {
            var type = Type(part.Type);
            var bytes = new byte[Header.FramePixels * type.Bytes()];
            await part.Source.ReadAsync(part.Offset + (frame * bytes.Length), bytes, ct);
            if (bigEndian)
            {
                ByteOrder.Reverse(type, bytes);
            }

            if (type.Bytes() == pixel.Bytes() && type.IsFloat() == pixel.IsFloat())
            {
                return bytes;
            }

            var values = new double[Header.FramePixels];
            PixelConversion.ToDouble(type, bytes, values);
            var own = new byte[values.Length * pixel.Bytes()];
            for (var i = 0; i < values.Length; i++)
            {
                Put(values[i], pixel, own.AsSpan(i * pixel.Bytes()));
            }

            return own;
        }

        private static void Put(double value, PixelType pixel, Span<byte> place)
        {
            switch (pixel)
            {
                case PixelType.Float64: MemoryMarshal.Write(place, in value); break;
                case PixelType.Float32: MemoryMarshal.Write(place, (float)value); break;
                case PixelType.Int8: place[0] = (byte)(sbyte)value; break;
                case PixelType.UInt8 or PixelType.Bool: place[0] = (byte)value; break;
                case PixelType.Int16: MemoryMarshal.Write(place, (short)value); break;
                case PixelType.UInt16: MemoryMarshal.Write(place, (ushort)value); break;
                case PixelType.Int32: MemoryMarshal.Write(place, (int)value); break;
                case PixelType.UInt32: MemoryMarshal.Write(place, (uint)value); break;
                case PixelType.Int64: MemoryMarshal.Write(place, (long)value); break;
                default: MemoryMarshal.Write(place, (ulong)value); break;
            }
        }
    }
}
