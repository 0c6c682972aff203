using CryoHub.Numerics.Volumes;

namespace CryoHub.Imaging.Labels;

/// <summary>
/// The shape of an object on slices between two that are drawn: signed distances to the two outlines, mixed by how near each slice is, after both were moved so that their centres
/// meet (shape-based interpolation: Raya and Udupa, IEEE Trans. Med. Imaging 9 (1990) 32). A disc that moves and grows stays a disc.
/// </summary>
public static class Between
{
    /// <summary>Outlines on the slices strictly between two.</summary>
    /// <param name="first">Mask on slice <paramref name="from"/>, rows one after the other; something is set.</param>
    /// <param name="second">Mask on slice <paramref name="to"/>.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="from">The lower slice.</param>
    /// <param name="to">The upper slice.</param>
    /// <returns>z, y, first x, last x of each run, by slices and rows.</returns>
    public static List<double> Runs(ReadOnlySpan<bool> first, ReadOnlySpan<bool> second, int width, int from, int to)
    {
        var height = first.Length / width;
        var (below, above) = (new Outline(first, width, height), new Outline(second, width, height));
        var runs = new List<double>();
        var mask = new bool[first.Length];
        for (var slice = from + 1; slice < to; slice++)
        {
            var t = (slice - from) / (double)(to - from);
            var (x, y) = (below.X + (t * (above.X - below.X)), below.Y + (t * (above.Y - below.Y)));
            for (var i = 0; i < mask.Length; i++)
            {
                var (dx, dy) = (i % width - x, i / width - y);
                mask[i] = ((1 - t) * below.Depth(dx, dy)) + (t * above.Depth(dx, dy)) > 0;
            }

            runs.AddRange(Region.RunsOf(mask, width, slice));
        }

        return runs;
    }

    /// <summary>An object on its slice, by distances from its outline and around its centre.</summary>
    private sealed class Outline
    {
        private readonly float[] depth;
        private readonly int width;
        private readonly int height;

        public Outline(ReadOnlySpan<bool> mask, int width, int height)
        {
            (this.width, this.height) = (width, height);
            var (count, sumX, sumY) = (0L, 0L, 0L);
            var (inside, outside) = (new byte[mask.Length], new byte[mask.Length]);
            for (var i = 0; i < mask.Length; i++)
            {
                (inside[i], outside[i]) = mask[i] ? ((byte)1, (byte)0) : ((byte)0, (byte)1);
                if (mask[i])
                {
                    (count, sumX, sumY) = (count + 1, sumX + (i % width), sumY + (i / width));
                }
            }

            if (count == 0)
            {
                throw new ArgumentException("Nothing is drawn on one of the slices.");
            }

            (X, Y) = ((double)sumX / count, (double)sumY / count);
            depth = Distance(inside, width, height);
            var away = Distance(outside, width, height);
            for (var i = 0; i < depth.Length; i++)
            {
                depth[i] = mask[i] ? depth[i] - 0.5f : 0.5f - away[i];   // the outline runs between two centres
            }
        }

        /// <summary>Centre of the object.</summary>
        public double X { get; }

        public double Y { get; }

        /// <summary>How deep a place lies within the outline, negative outside, in pixels; beyond the picture as at its edge and further out by the way there.</summary>
        public double Depth(double dx, double dy)
        {
            var (x, y) = (X + dx, Y + dy);
            var (inX, inY) = (Math.Clamp(x, 0, width - 1), Math.Clamp(y, 0, height - 1));
            var (left, top) = (Math.Min((int)inX, Math.Max(0, width - 2)), Math.Min((int)inY, Math.Max(0, height - 2)));
            var (fx, fy) = (inX - left, inY - top);
            var (right, bottom) = (Math.Min(left + 1, width - 1), Math.Min(top + 1, height - 1));
            var value = ((1 - fy) * (((1 - fx) * depth[(top * width) + left]) + (fx * depth[(top * width) + right])))
                + (fy * (((1 - fx) * depth[(bottom * width) + left]) + (fx * depth[(bottom * width) + right])));
            return value - Math.Abs(x - inX) - Math.Abs(y - inY);
        }

        private static float[] Distance(byte[] mask, int width, int height)
        {
            var distance = new float[mask.Length];
            var shape = new VolumeShape(1, height, width);
            EuclideanDistance.AlongZ(mask, shape, 1, 0, height, distance);
            EuclideanDistance.Planes(distance, shape, new VoxelSize(1, 1, 1), roots: true);
            return distance;
        }
    }
}
