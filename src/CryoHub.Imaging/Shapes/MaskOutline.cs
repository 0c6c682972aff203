namespace CryoHub.Imaging.Shapes;

/// <summary>Outlines of a mask along the edges of its pixels, straight pieces as long as they go. Pixels that touch at a corner only are apart.</summary>
internal static class MaskOutline
{
    /// <summary>Closed rings, holes among them; the mask lies to the right of the way round, as y points downwards.</summary>
    public static IReadOnlyList<double[]> Of(bool[] mask, int width, int height)
    {
        bool At(int x, int y) => x >= 0 && y >= 0 && x < width && y < height && mask[(y * width) + x];
        var rings = new List<double[]>();
        var seen = new bool[mask.Length];   // upper edges that a ring has taken
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                if (At(x, y) && !At(x, y - 1) && !seen[(y * width) + x])
                {
                    rings.Add(Follow(x, y));
                }
            }
        }

        return rings;

        // Every ring has an edge along the top of a pixel, walked to the right.
        double[] Follow(int startX, int startY)
        {
            var places = new List<double>();
            var (x, y, dx, dy) = (startX, startY, 1, 0);
            do
            {
                if (dx == 1)
                {
                    seen[(y * width) + x] = true;
                }

                (x, y) = (x + dx, y + dy);
                // Of the two pixels ahead, the one to the left and the one to the right of the way.
                var left = At(x + ((dx + dy - 1) / 2), y + ((dy - dx - 1) / 2));
                var right = At(x + ((dx - dy - 1) / 2), y + ((dy + dx - 1) / 2));
                var (nextX, nextY) = !right ? (-dy, dx) : left ? (dy, -dx) : (dx, dy);
                if ((nextX, nextY) != (dx, dy))
                {
                    places.AddRange([x, y]);
                    (dx, dy) = (nextX, nextY);
                }
            }
            while ((x, y, dx, dy) != (startX, startY, 1, 0));
            return [.. places];
        }
    }
}
