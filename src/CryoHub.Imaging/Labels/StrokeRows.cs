namespace CryoHub.Imaging.Labels;

/// <summary>
/// The voxels of a block whose centres a stroke covers, row by row. A disc or ball along a segment is convex, so it meets a row in one interval,
/// which follows from the two ends and the cylinder between them; whatever block is asked, a voxel gets the same answer.
/// </summary>
internal static class StrokeRows
{
    /// <summary>Runs without overlap in the order of their indices.</summary>
    public static List<VoxelRun> Of(Stroke stroke, LabelBox box)
    {
        var runs = new List<VoxelRun>();
        if (stroke.Kind == StrokeKind.Polygon)
        {
            AddPolygon(stroke, box, runs);
            return runs;
        }

        if (stroke.Kind == StrokeKind.Rows)
        {
            AddRows(stroke, box, runs);
            return VoxelRuns.Merge(runs);
        }

        var n = stroke.Dimensions;
        for (var i = 0; i < stroke.Points.Count; i += n)
        {
            if (i > 0 || stroke.Points.Count == n)
            {
                AddSegment(stroke, box, Math.Max(i - n, 0), i, runs);
            }
        }

        return VoxelRuns.Merge(runs);
    }

    private static void AddSegment(Stroke stroke, LabelBox box, int from, int to, List<VoxelRun> runs)
    {
        var (points, r, step, isBall) = (stroke.Points, stroke.Radius, stroke.SliceStep, stroke.Kind == StrokeKind.Ball);
        var (ax, ay, dx, dy) = (points[from], points[from + 1], points[to] - points[from], points[to + 1] - points[from + 1]);
        var (az, dz) = isBall ? (points[from + 2] * step, (points[to + 2] - points[from + 2]) * step) : (0, 0);
        if (Math.Min(ax, ax + dx) - r > box.X + box.Width + 1 || Math.Max(ax, ax + dx) + r < box.X - 1)
        {
            return;   // a voxel to spare: rounding must not make the answer depend on the block
        }

        var (firstZ, lastZ) = isBall ? Centres(Math.Min(az, az + dz) - r, Math.Max(az, az + dz) + r, step, box.Z, box.Depth) : OnSlice(stroke, box);
        var (firstY, lastY) = Centres(Math.Min(ay, ay + dy) - r, Math.Max(ay, ay + dy) + r, 1, box.Y, box.Height);
        for (var z = firstZ; z <= lastZ; z++)
        {
            for (var y = firstY; y <= lastY; y++)
            {
                var (low, high) = Meet(dx, dy, dz, y + 0.5 - ay, isBall ? ((z + 0.5) * step) - az : 0, r);
                if (low <= high)
                {
                    var (first, last) = Centres(ax + low, ax + high, 1, box.X, box.Width);
                    Add(box, first, last, y, z, runs);
                }
            }
        }
    }

    /// <summary>
    /// Where the row at (<paramref name="y"/>, <paramref name="z"/>) lies within <paramref name="r"/> of the segment from 0 to (dx, dy, dz);
    /// low above high where nowhere.
    /// </summary>
    private static (double Low, double High) Meet(double dx, double dy, double dz, double y, double z, double r)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        Widen(0, (r * r) - (y * y) - (z * z));
        Widen(dx, (r * r) - ((y - dy) * (y - dy)) - ((z - dz) * (z - dz)));

        // The cylinder: squared distance of (x, y, z) to the line at most r², and its foot between the ends.
        var (across, k) = ((dy * dy) + (dz * dz), (y * dy) + (z * dz));
        var length = (dx * dx) + across;
        if (across > 0)
        {
            var inside = (r * r * across / length) - (((y * dz) - (z * dy)) * ((y * dz) - (z * dy)) / length);   // discriminant, after Lagrange's identity
            if (inside >= 0)
            {
                var (middle, half) = (dx * k / across, Math.Sqrt(inside) * length / across);
                var (a, b) = (middle - half, middle + half);
                if (dx != 0)
                {
                    var (s, t) = (-k / dx, (length - k) / dx);
                    (a, b) = (Math.Max(a, Math.Min(s, t)), Math.Min(b, Math.Max(s, t)));
                }

                if (a <= b && (dx != 0 || (k >= 0 && k <= length)))
                {
                    (low, high) = (Math.Min(low, a), Math.Max(high, b));
                }
            }
        }

        return (low, high);

        void Widen(double centre, double square)
        {
            if (square >= 0)
            {
                (low, high) = (Math.Min(low, centre - Math.Sqrt(square)), Math.Max(high, centre + Math.Sqrt(square)));
            }
        }
    }

    /// <summary>
    /// Even-odd rule; a centre on the left or upper edge is inside, on the right or lower one outside: neighbours share no voxel and leave none out.
    /// </summary>
    private static void AddPolygon(Stroke stroke, LabelBox box, List<VoxelRun> runs)
    {
        var points = stroke.Points;
        var (slice, lastSlice) = OnSlice(stroke, box);
        var crossings = new List<double>();
        for (var y = box.Y; slice == lastSlice && y < box.Y + box.Height; y++)
        {
            crossings.Clear();
            var (x0, y0) = (points[^2], points[^1]);
            for (var i = 0; i < points.Count; i += 2)
            {
                var (x1, y1) = (points[i], points[i + 1]);
                if (y0 <= y + 0.5 != y1 <= y + 0.5)
                {
                    // From the upper end down: neighbours walk a common edge in opposite directions and must get the same crossing.
                    crossings.Add(y0 < y1 ? x0 + ((y + 0.5 - y0) * (x1 - x0) / (y1 - y0)) : x1 + ((y + 0.5 - y1) * (x0 - x1) / (y0 - y1)));
                }

                (x0, y0) = (x1, y1);
            }

            crossings.Sort();
            for (var i = 0; i + 1 < crossings.Count; i += 2)
            {
                var first = Math.Max(box.X, (int)Math.Ceiling(crossings[i] - 0.5));
                var last = Math.Min(box.X + box.Width, (int)Math.Ceiling(crossings[i + 1] - 0.5)) - 1;
                Add(box, first, last, y, slice, runs);
            }
        }
    }

    private static void AddRows(Stroke stroke, LabelBox box, List<VoxelRun> runs)
    {
        var points = stroke.Points;
        for (var i = 0; i < points.Count; i += 4)
        {
            var (z, y) = ((int)points[i], (int)points[i + 1]);
            if (z >= box.Z && z < box.Z + box.Depth && y >= box.Y && y < box.Y + box.Height)
            {
                Add(box, Math.Max(box.X, (int)points[i + 2]), Math.Min(box.X + box.Width - 1, (int)points[i + 3]), y, z, runs);
            }
        }
    }

    private static (int First, int Last) OnSlice(Stroke stroke, LabelBox box) =>
        stroke.Slice >= box.Z && stroke.Slice < box.Z + box.Depth ? (stroke.Slice, stroke.Slice) : (0, -1);

    /// <summary>First and last voxel of the block whose centre, (i + 0.5) · step, lies between two places.</summary>
    private static (int First, int Last) Centres(double low, double high, double step, int origin, int size) =>
        ((int)Math.Max(origin, Math.Ceiling((low / step) - 0.5)), (int)Math.Min(origin + size - 1, Math.Floor((high / step) - 0.5)));

    private static void Add(LabelBox box, int first, int last, int y, int z, List<VoxelRun> runs)
    {
        if (first <= last)
        {
            runs.Add(new(box.IndexOf(first, y, z), last - first + 1));
        }
    }
}
