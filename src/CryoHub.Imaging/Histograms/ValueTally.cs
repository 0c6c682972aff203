using CryoHub.Imaging.Pyramids;

namespace CryoHub.Imaging.Histograms;

/// <summary>Statistics, histogram and percentiles of pixels that pass by once, in order.</summary>
internal abstract class ValueTally
{
    /// <param name="pixel">Type of the pixels; complex pixels are passed as their modulus.</param>
    /// <param name="total">Pixels to come, for an even draw.</param>
    public static ValueTally For(PixelType pixel, long total) => pixel switch
    {
        PixelType.UInt8 or PixelType.Rgb8 or PixelType.Bool => new NarrowTally<byte>(value => value, 0),
        PixelType.Rgba8 => new NarrowTally<byte>(value => value, 4),
        PixelType.Int8 => new NarrowTally<byte>(value => (sbyte)value, 0),
        PixelType.UInt16 => new NarrowTally<ushort>(value => value, 0),
        PixelType.Rgba16 => new NarrowTally<ushort>(value => value, 4),
        PixelType.Int16 => new NarrowTally<ushort>(value => (short)value, 0),
        PixelType.Float16 => new NarrowTally<ushort>(value => (double)BitConverter.UInt16BitsToHalf(value), 0),
        PixelType.Int32 => new WideTally<int>(total),
        PixelType.UInt32 => new WideTally<uint>(total),
        PixelType.Int64 => new WideTally<long>(total),
        PixelType.UInt64 => new WideTally<ulong>(total),
        PixelType.Float32 or PixelType.Complex64 or PixelType.Complex128 => new WideTally<float>(total),
        PixelType.Float64 => new WideTally<double>(total),
        _ => throw new ArgumentOutOfRangeException(nameof(pixel), pixel, "Not a pixel type."),
    };

    public abstract void Add(ReadOnlySpan<byte> pixels);

    public abstract SignalStatistics Statistics();

    public abstract Histogram Histogram();

    public abstract IReadOnlyList<Percentile> Percentiles();

    /// <summary>Percentiles of values of which the <c>i</c>-th smallest is <paramref name="at"/>(i), interpolated linearly between two values.</summary>
    protected static IReadOnlyList<Percentile> Percentiles(long count, Func<long, double> at) => count == 0 ? [] :
    [
        .. SignalSummary.Ranks.Select(rank =>
        {
            var position = rank / 100 * (count - 1);
            var (low, high) = (at((long)Math.Floor(position)), at((long)Math.Ceiling(position)));
            return new Percentile(rank, low + ((high - low) * (position - Math.Floor(position))));
        }),
    ];
}
