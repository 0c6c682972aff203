namespace CryoHub.Numerics.Outlines;

/// <summary>
/// Lines along which a picture has one value, interpolated linearly between pixel centres; pixel (x, y) has its centre at x + 0.5, y + 0.5. Saddles are parted by the
/// mean of their four corners. After Lorensen and Cline, Computer Graphics 21 (1987) 163, in the plane.
/// </summary>
public static class MarchingSquares
{
    /// <summary>All lines of the picture, the longest first; lines end only at the picture's border.</summary>
    /// <param name="picture">Row by row; all values finite.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="level">The value; pixels at or above it are inside.</param>
    public static IReadOnlyList<Outline> At(ReadOnlySpan<float> picture, int width, float level)
    {
        var height = picture.Length / width;
        var joints = new Dictionary<int, (int First, int Second)>(); // crossed edge of the grid -> the edges it is joined to, -1 for none
        Span<int> crossed = stackalloc int[4];
        for (var y = 0; y + 1 < height; y++)
        {
            for (var x = 0; x + 1 < width; x++)
            {
                var i = (y * width) + x;
                var (a, b, c, d) = (picture[i], picture[i + 1], picture[i + width + 1], picture[i + width]); // clockwise from the upper left
                var corners = (a >= level ? 1 : 0) | (b >= level ? 2 : 0) | (c >= level ? 4 : 0) | (d >= level ? 8 : 0);
                if (corners is 0 or 15)
                {
                    continue;
                }

                var (top, right, bottom, left) = (2 * i, (2 * (i + 1)) + 1, 2 * (i + width), (2 * i) + 1);
                if (corners is 5 or 10)
                {
                    var upperLeftAlone = (corners == 5) != ((a + b + c + d) / 4 >= level);
                    Join(joints, top, upperLeftAlone ? left : right);
                    Join(joints, bottom, upperLeftAlone ? right : left);
                    continue;
                }

                var n = 0;
                AddWhere((corners & 1) != ((corners >> 1) & 1), top, crossed, ref n);
                AddWhere(((corners >> 1) & 1) != ((corners >> 2) & 1), right, crossed, ref n);
                AddWhere(((corners >> 2) & 1) != ((corners >> 3) & 1), bottom, crossed, ref n);
                AddWhere((corners & 1) != ((corners >> 3) & 1), left, crossed, ref n);
                Join(joints, crossed[0], crossed[1]);
            }
        }

        return Lines(picture, width, level, joints);
    }

    private static void AddWhere(bool cut, int edge, Span<int> crossed, ref int n)
    {
        if (cut)
        {
            crossed[n++] = edge;
        }
    }

    private static void Join(Dictionary<int, (int First, int Second)> joints, int a, int b)
    {
        joints[a] = joints.TryGetValue(a, out var known) ? (known.First, b) : (b, -1);
        joints[b] = joints.TryGetValue(b, out known) ? (known.First, a) : (a, -1);
    }

    private static IReadOnlyList<Outline> Lines(ReadOnlySpan<float> picture, int width, float level, Dictionary<int, (int First, int Second)> joints)
    {
        var lines = new List<Outline>();
        var done = new HashSet<int>();
        foreach (var open in new[] { true, false }) // open lines from their ends; what is left is closed
        {
            foreach (var (start, ends) in joints)
            {
                if ((open && ends.Second >= 0) || !done.Add(start))
                {
                    continue;
                }

                var places = new List<double>();
                var (before, edge) = (-1, start);
                while (edge >= 0)
                {
                    Place(picture, width, level, edge, places);
                    done.Add(edge);
                    var (first, second) = joints[edge];
                    (before, edge) = (edge, first != before ? first : second);
                    if (edge == start)
                    {
                        break;
                    }
                }

                lines.Add(new Outline([.. places], !open));
            }
        }

        lines.Sort((a, b) => b.Length.CompareTo(a.Length));
        return lines;
    }

    private static void Place(ReadOnlySpan<float> picture, int width, float level, int edge, List<double> places)
    {
        var i = edge / 2;
        var next = edge % 2 == 0 ? i + 1 : i + width;
        var t = (level - picture[i]) / (double)(picture[next] - picture[i]);
        var (x, y) = ((i % width) + 0.5, (i / width) + 0.5);
        places.Add(edge % 2 == 0 ? x + t : x);
        places.Add(edge % 2 == 0 ? y : y + t);
    }
}
