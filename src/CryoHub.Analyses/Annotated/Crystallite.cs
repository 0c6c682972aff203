using CryoHub.Imaging.Shapes;

namespace CryoHub.Analyses.Annotated;

/// <summary>One crystallite, in pixels.</summary>
/// <param name="Area">Area.</param>
/// <param name="Box">The smallest upright box round it.</param>
/// <param name="X">Centre.</param>
/// <param name="Y">Centre.</param>
/// <param name="Truncated">Whether it reaches the picture's border, so that its size is not known.</param>
internal sealed record Crystallite(double Area, ShapeBox Box, double X, double Y, bool Truncated)
{
    /// <summary>
    /// How many crystallites of this size one that is seen whole stands for: the chance to lie wholly inside falls with size (minus sampling of Miles, J. Microsc. 100 (1974)
    /// 227, and Lantuéjoul, Bull. Soc. Fr. Microsc. 5 (1980)); 0 where it is truncated.
    /// </summary>
    public double Weight((int Width, int Height)? picture) =>
        Truncated ? 0 : picture is not { } size ? 1 : (double)size.Width * size.Height / (Math.Max(1, size.Width - (Box.Right - Box.Left)) * Math.Max(1, size.Height - (Box.Bottom - Box.Top)));

    /// <summary>Objects of a label image: connected parts (through edges and corners), or all pixels of a number.</summary>
    public static List<Crystallite> OfLabels(LabelFrame frame, Func<int, bool> wanted, bool numbered)
    {
        var (width, height) = (frame.Width, frame.Height);
        var sums = new Dictionary<int, (double Area, double X, double Y, int Left, int Top, int Right, int Bottom)>();
        var part = numbered ? frame.Labels : Parts(frame, wanted);
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] > 0 && wanted(frame.Labels[i]))
            {
                var (x, y) = (i % width, i / width);
                var s = sums.GetValueOrDefault(part[i], (0, 0, 0, x, y, x, y));
                sums[part[i]] = (s.Area + 1, s.X + x, s.Y + y, Math.Min(s.Left, x), Math.Min(s.Top, y), Math.Max(s.Right, x), Math.Max(s.Bottom, y));
            }
        }

        return [.. sums.OrderBy(pair => pair.Key).Select(pair => pair.Value).Select(s => new Crystallite(
            s.Area, new ShapeBox(s.Left, s.Top, s.Right + 1, s.Bottom + 1), (s.X / s.Area) + 0.5, (s.Y / s.Area) + 0.5, s.Left == 0 || s.Top == 0 || s.Right == width - 1 || s.Bottom == height - 1))];
    }

    /// <summary>An outline; it is truncated where it comes within a pixel of the border.</summary>
    public static Crystallite OfShape(ShapeGeometry shape, (int Width, int Height)? picture)
    {
        var box = shape.Box();
        var truncated = picture is { } size && (box.Left < 1 || box.Top < 1 || box.Right > size.Width - 1 || box.Bottom > size.Height - 1);
        return new Crystallite(ShapeMeasures.Of(shape, 1, 1, "px").Area ?? 0, box, (box.Left + box.Right) / 2, (box.Top + box.Bottom) / 2, truncated);
    }

    /// <summary>Numbers of connected parts of one label, from 1 on, by filling.</summary>
    private static int[] Parts(LabelFrame frame, Func<int, bool> wanted)
    {
        var (width, labels) = (frame.Width, frame.Labels);
        var parts = new int[labels.Length];
        var (count, open) = (0, new Stack<int>());
        for (var start = 0; start < labels.Length; start++)
        {
            if (parts[start] > 0 || !wanted(labels[start]))
            {
                continue;
            }

            parts[start] = ++count;
            open.Push(start);
            while (open.TryPop(out var at))
            {
                var (x, y) = (at % width, at / width);
                for (var v = Math.Max(0, y - 1); v <= Math.Min(frame.Height - 1, y + 1); v++)
                {
                    for (var u = Math.Max(0, x - 1); u <= Math.Min(width - 1, x + 1); u++)
                    {
                        var next = (v * width) + u;
                        if (parts[next] == 0 && labels[next] == labels[start])
                        {
                            parts[next] = count;
                            open.Push(next);
                        }
                    }
                }
            }
        }

        return parts;
    }
}
