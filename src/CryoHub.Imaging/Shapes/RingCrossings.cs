namespace CryoHub.Imaging.Shapes;

/// <summary>Finds where edges of closed rings cross: edges sorted by their left end are compared only while they overlap along x.</summary>
internal static class RingCrossings
{
    /// <summary>One crossing of two edges that are not neighbours; <c>null</c> where there is none. Touching at a vertex is no crossing.</summary>
    public static (double X, double Y)? First(IReadOnlyList<double[]> rings)
    {
        var edges = new List<Edge>();
        foreach (var ring in rings)
        {
            for (var i = 0; i < ring.Length; i += 2)
            {
                var j = (i + 2) % ring.Length;
                edges.Add(ring[i] <= ring[j] ? new(ring[i], ring[i + 1], ring[j], ring[j + 1]) : new(ring[j], ring[j + 1], ring[i], ring[i + 1]));
            }
        }

        edges.Sort((a, b) => a.X0.CompareTo(b.X0));
        for (var i = 0; i < edges.Count; i++)
        {
            var a = edges[i];
            for (var j = i + 1; j < edges.Count && edges[j].X0 <= a.X1; j++)
            {
                if (a.Crosses(edges[j]))
                {
                    return a.Meeting(edges[j]);
                }
            }
        }

        return null;
    }

    private readonly record struct Edge(double X0, double Y0, double X1, double Y1)
    {
        public bool Crosses(in Edge other) =>
            Side(other.X0, other.Y0) * Side(other.X1, other.Y1) < 0 && other.Side(X0, Y0) * other.Side(X1, Y1) < 0;

        public (double X, double Y) Meeting(in Edge other)
        {
            var (a, b) = (other.Area(X0, Y0), other.Area(X1, Y1));
            var t = a / (a - b);
            return (X0 + (t * (X1 - X0)), Y0 + (t * (Y1 - Y0)));
        }

        // Signs, not products of areas: these may underflow for tiny shapes.
        private int Side(double x, double y) => Math.Sign(Area(x, y));

        private double Area(double x, double y) => ((X1 - X0) * (y - Y0)) - ((Y1 - Y0) * (x - X0));
    }
}
