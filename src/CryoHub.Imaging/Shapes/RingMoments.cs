namespace CryoHub.Imaging.Shapes;

/// <summary>Area and central second moments of an outline with holes, exact for straight edges (Green's theorem).</summary>
/// <param name="Area">Of the outer ring less the holes.</param>
/// <param name="XX">Integral of (x - mean x) squared over the area; <paramref name="XY"/> and <paramref name="YY"/> alike.</param>
internal readonly record struct RingMoments(double Area, double XX, double XY, double YY)
{
    public static RingMoments Of(IReadOnlyList<double[]> rings)
    {
        var (originX, originY) = (rings[0][0], rings[0][1]);   // sums about a near place lose no digits
        double area = 0, x = 0, y = 0, xx = 0, xy = 0, yy = 0;
        for (var n = 0; n < rings.Count; n++)
        {
            var ring = rings[n];
            double a = 0, mx = 0, my = 0, mxx = 0, mxy = 0, myy = 0;
            for (var i = 0; i < ring.Length; i += 2)
            {
                var j = (i + 2) % ring.Length;
                var (px, py, qx, qy) = (ring[i] - originX, ring[i + 1] - originY, ring[j] - originX, ring[j + 1] - originY);
                var cross = (px * qy) - (qx * py);
                a += cross / 2;
                mx += (px + qx) * cross / 6;
                my += (py + qy) * cross / 6;
                mxx += ((px * px) + (px * qx) + (qx * qx)) * cross / 12;
                myy += ((py * py) + (py * qy) + (qy * qy)) * cross / 12;
                mxy += ((px * qy) + (2 * px * py) + (2 * qx * qy) + (qx * py)) * cross / 24;
            }

            var sign = (a < 0 ? -1 : 1) * (n == 0 ? 1 : -1);   // whichever way round it was drawn
            area += sign * a;
            x += sign * mx;
            y += sign * my;
            xx += sign * mxx;
            xy += sign * mxy;
            yy += sign * myy;
        }

        return area > 0 ? new(area, xx - (x * x / area), xy - (x * y / area), yy - (y * y / area)) : new(Math.Max(0, area), 0, 0, 0);
    }
}
