using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Imaging.Pyramids;

/// <summary>
/// One output row of the next pyramid level: the mean of 2 x 2 (or 2 x 2 x 2) pixels, in wide precision. Integers are rounded half to even, so that levels do not drift;
/// NaN pixels do not count, and only a box of NaN is NaN. At an odd edge the last pixel counts twice, which is the mean of what is there.
/// </summary>
internal abstract class Halving
{
    /// <summary>The kernel for samples of a type; <paramref name="labels"/> takes each box's first pixel instead of a mean.</summary>
    public static Halving For(PixelType sample, bool labels = false) => sample switch
    {
        PixelType.Int8 => new Integers<sbyte>(labels),
        PixelType.UInt8 => new Integers<byte>(labels),
        PixelType.Int16 => new Integers<short>(labels),
        PixelType.UInt16 => new Integers<ushort>(labels),
        PixelType.Int32 => new Integers<int>(labels),
        PixelType.UInt32 => new Integers<uint>(labels),
        PixelType.Int64 => new LongIntegers<long>(labels),
        PixelType.UInt64 => new LongIntegers<ulong>(labels),
        PixelType.Float16 => new Floats<Half>(labels),
        PixelType.Float32 => new Floats<float>(labels),
        PixelType.Float64 => new Floats<double>(labels),
        _ => throw new ArgumentOutOfRangeException(nameof(sample), sample, "Not averaged: complex pixels are drawn by their modulus."),
    };

    /// <summary>Halves a plane; <paramref name="far"/> is the next plane of a volume, or empty for a picture.</summary>
    public abstract void Plane(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, int rows, int columns, int channels, Span<byte> destination);

    private abstract class Of<T>(bool labels) : Halving where T : unmanaged
    {
        public override void Plane(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, int rows, int columns, int channels, Span<byte> destination)
        {
            var a = MemoryMarshal.Cast<byte, T>(near);
            var b = MemoryMarshal.Cast<byte, T>(far);
            var to = MemoryMarshal.Cast<byte, T>(destination);
            var (width, outWidth) = (columns * channels, (columns + 1) / 2 * channels);
            for (var y = 0; y < rows; y += 2)
            {
                var (first, second) = (y * width, Math.Min(y + 1, rows - 1) * width);
                var row = to.Slice(y / 2 * outWidth, outWidth);
                if (labels)
                {
                    Pick(a.Slice(first, width), channels, row);
                }
                else if (b.IsEmpty)
                {
                    Row(a.Slice(first, width), a.Slice(second, width), channels, row);
                }
                else
                {
                    Row(a.Slice(first, width), a.Slice(second, width), b.Slice(first, width), b.Slice(second, width), channels, row);
                }
            }
        }

        protected abstract void Row(ReadOnlySpan<T> a, ReadOnlySpan<T> b, int channels, Span<T> to);

        protected abstract void Row(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, ReadOnlySpan<T> d, int channels, Span<T> to);

        /// <summary>Index of the right neighbour of sample <paramref name="left"/>, or itself at the edge.</summary>
        protected static int Right(int left, int channels, int width) => left + channels < width ? left + channels : left;

        /// <summary>Index of the left sample of the box of output sample <paramref name="i"/>.</summary>
        protected static int Left(int i, int channels) => channels == 1 ? 2 * i : (i / channels * 2 * channels) + (i % channels);

        private static void Pick(ReadOnlySpan<T> from, int channels, Span<T> to)
        {
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = from[Left(i, channels)];
            }
        }
    }

    private sealed class Integers<T>(bool labels) : Of<T>(labels) where T : unmanaged, IBinaryInteger<T>
    {
        protected override void Row(ReadOnlySpan<T> a, ReadOnlySpan<T> b, int channels, Span<T> to)
        {
            b = b[..a.Length];
            for (var i = 0; i < to.Length; i++)
            {
                var l = Left(i, channels);
                var r = Right(l, channels, a.Length);
                var sum = Wide(a[l]) + Wide(a[r]) + Wide(b[l]) + Wide(b[r]);
                to[i] = T.CreateTruncating((sum + 1 + ((sum >> 2) & 1)) >> 2);
            }
        }

        protected override void Row(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, ReadOnlySpan<T> d, int channels, Span<T> to)
        {
            for (var i = 0; i < to.Length; i++)
            {
                var l = Left(i, channels);
                var r = Right(l, channels, a.Length);
                var sum = Wide(a[l]) + Wide(a[r]) + Wide(b[l]) + Wide(b[r]) + Wide(c[l]) + Wide(c[r]) + Wide(d[l]) + Wide(d[r]);
                to[i] = T.CreateTruncating((sum + 3 + ((sum >> 3) & 1)) >> 3);
            }
        }

        private static long Wide(T value) => long.CreateTruncating(value);
    }

    private sealed class LongIntegers<T>(bool labels) : Of<T>(labels) where T : unmanaged, IBinaryInteger<T>
    {
        protected override void Row(ReadOnlySpan<T> a, ReadOnlySpan<T> b, int channels, Span<T> to) => Row(a, b, a, b, channels, to);

        protected override void Row(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, ReadOnlySpan<T> d, int channels, Span<T> to)
        {
            for (var i = 0; i < to.Length; i++)
            {
                var l = Left(i, channels);
                var r = Right(l, channels, a.Length);
                var sum = Wide(a[l]) + Wide(a[r]) + Wide(b[l]) + Wide(b[r]) + Wide(c[l]) + Wide(c[r]) + Wide(d[l]) + Wide(d[r]);
                to[i] = T.CreateTruncating((sum + 3 + ((sum >> 3) & 1)) >> 3);
            }
        }

        private static Int128 Wide(T value) => Int128.CreateTruncating(value);
    }

    private sealed class Floats<T>(bool labels) : Of<T>(labels) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        protected override void Row(ReadOnlySpan<T> a, ReadOnlySpan<T> b, int channels, Span<T> to)
        {
            b = b[..a.Length];
            for (var i = channels == 1 ? Vectors(a, b, [], [], to) : 0; i < to.Length; i++)
            {
                var l = Left(i, channels);
                var r = Right(l, channels, a.Length);
                var sum = Wide(a[l]) + Wide(a[r]) + Wide(b[l]) + Wide(b[r]);
                to[i] = double.IsFinite(sum) ? T.CreateTruncating(sum * 0.25) : MeanOfNumbers([a[l], a[r], b[l], b[r]]);
            }
        }

        protected override void Row(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, ReadOnlySpan<T> d, int channels, Span<T> to)
        {
            for (var i = channels == 1 ? Vectors(a, b, c, d, to) : 0; i < to.Length; i++)
            {
                var l = Left(i, channels);
                var r = Right(l, channels, a.Length);
                var sum = Wide(a[l]) + Wide(a[r]) + Wide(b[l]) + Wide(b[r]) + Wide(c[l]) + Wide(c[r]) + Wide(d[l]) + Wide(d[r]);
                to[i] = double.IsFinite(sum) ? T.CreateTruncating(sum * 0.125) : MeanOfNumbers([a[l], a[r], b[l], b[r], c[l], c[r], d[l], d[r]]);
            }
        }

        /// <summary>Means of the float32 boxes before the first that is not finite, and before the last few; the sums are those of the plain loop, in its order. Returns how many.</summary>
        private static int Vectors(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, ReadOnlySpan<T> d, Span<T> to)
        {
            if (typeof(T) != typeof(float))
            {
                return 0;
            }

            var means = MemoryMarshal.Cast<float, Vector<float>>(MemoryMarshal.Cast<T, float>(to)[..(a.Length / 2)]);
            var share = new Vector<double>(c.IsEmpty ? 0.25 : 0.125);
            for (var i = 0; i < means.Length; i++)
            {
                var (low, high) = (Vector<double>.Zero, Vector<double>.Zero);
                AddPairs(a, i, ref low, ref high);
                AddPairs(b, i, ref low, ref high);
                if (!c.IsEmpty)
                {
                    AddPairs(c, i, ref low, ref high);
                    AddPairs(d, i, ref low, ref high);
                }

                if (!Vector.EqualsAll((low - low) + (high - high), Vector<double>.Zero))
                {
                    return i * Vector<float>.Count;   // a difference to itself is 0 only for finite numbers
                }

                means[i] = Vector.Narrow(low * share, high * share);
            }

            return means.Length * Vector<float>.Count;
        }

        /// <summary>Two neighbours are one 64-bit word: narrowing takes its left half, narrowing after a shift its right half, at any vector width.</summary>
        private static void AddPairs(ReadOnlySpan<T> row, int vector, ref Vector<double> low, ref Vector<double> high)
        {
            var words = MemoryMarshal.Cast<T, Vector<ulong>>(row);
            var (first, second) = (words[2 * vector], words[(2 * vector) + 1]);
            Vector.Widen(Vector.AsVectorSingle(Vector.Narrow(first, second)), out var leftLow, out var leftHigh);
            Vector.Widen(Vector.AsVectorSingle(Vector.Narrow(first >>> 32, second >>> 32)), out var rightLow, out var rightHigh);
            low = low + leftLow + rightLow;
            high = high + leftHigh + rightHigh;
        }

        private static double Wide(T value) => double.CreateTruncating(value);

        /// <summary>The rare case: something is not finite, or the sum of large doubles is not.</summary>
        private static T MeanOfNumbers(ReadOnlySpan<T> box)
        {
            var (numbers, sum) = (0, 0.0);
            foreach (var value in box)
            {
                numbers += T.IsNaN(value) ? 0 : 1;
                sum += T.IsNaN(value) ? 0 : Wide(value);
            }

            var mean = sum / numbers;   // 0 / 0 is the NaN of a box of NaN
            if (!double.IsFinite(sum))
            {
                mean = 0;
                foreach (var value in box)
                {
                    mean += T.IsNaN(value) ? 0 : Wide(value) / numbers;
                }
            }

            return T.CreateTruncating(mean);
        }
    }
}
