using System.Globalization;
using System.Runtime.InteropServices;

namespace CryoHub.Imaging.Tests.Pyramids;

/// <summary>Test pictures of every pixel type, and the plainest possible halving of them: one pixel after the other, in decimal or double numbers.</summary>
internal static class Specimen
{
    public static IReadOnlyList<PixelType> RealTypes { get; } = [.. Enum.GetValues<PixelType>().Where(pixel => !pixel.IsComplex())];

    public static SignalHeader Header(SignalKind kind, PixelType pixel, params long[] shape)
    {
        string[] names = ["t", "z", "y", "x"];
        return new("specimen", kind, pixel, [.. shape.Select((size, i) => new Axis(names[^(shape.Length - i)], size, "nm", AxisRole.Space, 0.5, -3))], AcquisitionMetadata.None, MetadataTree.Empty);
    }

    /// <summary>Alternating largest and smallest values.</summary>
    public static decimal Checkerboard(PixelType sample, long z, long y, long x, int c) => ((z + y + x + c) & 1) == 0 ? Largest(sample) : Smallest(sample);

    /// <summary>Rises along every axis and wraps within the type's range, both signs where it has them.</summary>
    public static decimal Ramp(PixelType sample, long z, long y, long x, int c) =>
        Smallest(sample) + ((x + (3 * y) + (17 * z) + (5 * c)) * 3 % (Math.Min(Largest(sample), 4000) - Math.Max(Smallest(sample), -4000) + 1));

    public static byte[] Pixels(SignalHeader header, Func<PixelType, long, long, long, int, decimal> pattern)
    {
        var (sample, channels) = (SampleOf(header.Pixel), Channels(header.Pixel));
        var (rows, columns) = (header.Shape[^2], header.Shape[^1]);
        var bytes = new List<byte>();
        for (var i = 0L; i < header.PixelCount; i++)
        {
            for (var c = 0; c < channels; c++)
            {
                bytes.AddRange(Encode(sample, pattern(sample, i / (rows * columns), i / columns % rows, i % columns, c)));
            }
        }

        return [.. bytes];
    }

    /// <summary>The next level: means of what lies in each box of 2 x 2 (2 x 2 x 2 where <paramref name="deep"/>).</summary>
    public static (long[] Shape, byte[] Pixels) Halve(PixelType pixel, long[] shape, byte[] pixels, bool deep)
    {
        var (sample, channels) = (SampleOf(pixel), Channels(pixel));
        var width = sample.Bytes();
        var (depth, rows, columns) = (shape.Length > 2 ? shape[^3] : 1, shape[^2], shape[^1]);
        var deepStep = deep ? 2 : 1;
        var to = new List<byte>();
        for (var z = 0L; z < depth; z += deepStep)
        {
            for (var y = 0L; y < rows; y += 2)
            {
                for (var x = 0L; x < columns; x += 2)
                {
                    for (var c = 0; c < channels; c++)
                    {
                        var box = from dz in Enumerable.Range(0, deepStep)
                                  where z + dz < depth
                                  from dy in Enumerable.Range(0, 2)
                                  where y + dy < rows
                                  from dx in Enumerable.Range(0, 2)
                                  where x + dx < columns
                                  select pixels.AsSpan((int)((((((((z + dz) * rows) + y + dy) * columns) + x + dx) * channels) + c) * width), width).ToArray();
                        to.AddRange(Mean(sample, [.. box]));
                    }
                }
            }
        }

        long[] halved = [.. shape.Select((size, axis) => axis >= shape.Length - (deep ? 3 : 2) ? (size + 1) / 2 : size)];
        return (halved, [.. to]);
    }

    private static byte[] Mean(PixelType sample, byte[][] box)
    {
        if (!sample.IsFloat())
        {
            return Encode(sample, Math.Round(box.Average(value => Decode(sample, value)), MidpointRounding.ToEven));
        }

        var numbers = box.Select(value => DecodeFloat(sample, value)).Where(value => !double.IsNaN(value)).ToList();
        var sum = numbers.Sum();
        return EncodeFloat(sample, numbers.Count == 0 ? double.NaN : double.IsFinite(sum) ? sum / numbers.Count : numbers.Sum(value => value / numbers.Count));
    }

    public static byte[] Encode(PixelType sample, decimal value) => sample switch
    {
        PixelType.Int8 => [(byte)(sbyte)value],
        PixelType.UInt8 => [(byte)value],
        PixelType.Int16 => BitConverter.GetBytes((short)value),
        PixelType.UInt16 => BitConverter.GetBytes((ushort)value),
        PixelType.Int32 => BitConverter.GetBytes((int)value),
        PixelType.UInt32 => BitConverter.GetBytes((uint)value),
        PixelType.Int64 => BitConverter.GetBytes((long)value),
        PixelType.UInt64 => BitConverter.GetBytes((ulong)value),
        _ => EncodeFloat(sample, (double)value),
    };

    public static byte[] EncodeFloat(PixelType sample, double value) => sample switch
    {
        PixelType.Float16 => BitConverter.GetBytes((Half)value),
        PixelType.Float32 => BitConverter.GetBytes((float)value),
        _ => BitConverter.GetBytes(value),
    };

    public static double DecodeFloat(PixelType sample, byte[] bytes) => sample switch
    {
        PixelType.Float16 => (double)BitConverter.ToHalf(bytes),
        PixelType.Float32 => BitConverter.ToSingle(bytes),
        _ => BitConverter.ToDouble(bytes),
    };

    private static decimal Decode(PixelType sample, byte[] bytes) => sample switch
    {
        PixelType.Int8 => (sbyte)bytes[0],
        PixelType.UInt8 => bytes[0],
        PixelType.Int16 => BitConverter.ToInt16(bytes),
        PixelType.UInt16 => BitConverter.ToUInt16(bytes),
        PixelType.Int32 => BitConverter.ToInt32(bytes),
        PixelType.UInt32 => BitConverter.ToUInt32(bytes),
        PixelType.Int64 => BitConverter.ToInt64(bytes),
        _ => BitConverter.ToUInt64(bytes),
    };

    private static decimal Largest(PixelType sample) => sample switch
    {
        PixelType.Int8 => sbyte.MaxValue,
        PixelType.UInt8 => byte.MaxValue,
        PixelType.Int16 => short.MaxValue,
        PixelType.UInt16 => ushort.MaxValue,
        PixelType.Int32 => int.MaxValue,
        PixelType.UInt32 => uint.MaxValue,
        PixelType.Int64 => long.MaxValue,
        PixelType.UInt64 => ulong.MaxValue,
        _ => 1000,
    };

    private static decimal Smallest(PixelType sample) => sample switch
    {
        PixelType.Int8 => sbyte.MinValue,
        PixelType.Int16 => short.MinValue,
        PixelType.Int32 => int.MinValue,
        PixelType.Int64 => long.MinValue,
        _ when sample.IsFloat() => -1000,
        _ => 0,
    };

    public static PixelType SampleOf(PixelType pixel) => pixel switch
    {
        PixelType.Rgb8 or PixelType.Rgba8 => PixelType.UInt8,
        PixelType.Bool => PixelType.UInt8,
        PixelType.Rgba16 => PixelType.UInt16,
        _ => pixel,
    };

    private static int Channels(PixelType pixel) => pixel.Bytes() / SampleOf(pixel).Bytes();
}
