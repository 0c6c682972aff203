namespace CryoHub.Numerics.Volumes;

/// <summary>Triangles with shared corners; seen from outside a body its corners run counter-clockwise.</summary>
/// <param name="Corners">x, y, z of each corner.</param>
/// <param name="Triangles">Three corners of each triangle.</param>
public sealed record TriangleMesh(float[] Corners, int[] Triangles)
{
    /// <summary>How many corners.</summary>
    public int CornerCount => Corners.Length / 3;

    /// <summary>How many triangles.</summary>
    public int TriangleCount => Triangles.Length / 3;

    /// <summary>Area of one triangle.</summary>
    public double Area(int triangle) => Length(Cross(triangle)) / 2;

    /// <summary>Sum of all areas.</summary>
    public double Area()
    {
        var sum = 0.0;
        for (var triangle = 0; triangle < TriangleCount; triangle++)
        {
            sum += Area(triangle);
        }

        return sum;
    }

    /// <summary>The volume enclosed by a closed mesh: the sum of the signed tetrahedra over its triangles.</summary>
    public double Volume()
    {
        var sum = 0.0;
        for (var triangle = 0; triangle < TriangleCount; triangle++)
        {
            var (a, cross) = (Corner(Triangles[3 * triangle]), Cross(triangle));
            sum += (a.X * cross.X) + (a.Y * cross.Y) + (a.Z * cross.Z);
        }

        return sum / 6;
    }

    /// <summary>Position of a corner.</summary>
    public (double X, double Y, double Z) Corner(int corner) => (Corners[3 * corner], Corners[(3 * corner) + 1], Corners[(3 * corner) + 2]);

    /// <summary>Middle of a triangle.</summary>
    public (double X, double Y, double Z) Middle(int triangle)
    {
        var (a, b, c) = (Corner(Triangles[3 * triangle]), Corner(Triangles[(3 * triangle) + 1]), Corner(Triangles[(3 * triangle) + 2]));
        return ((a.X + b.X + c.X) / 3, (a.Y + b.Y + c.Y) / 3, (a.Z + b.Z + c.Z) / 3);
    }

    /// <summary>Outward direction of a triangle, of length 1; zero for a triangle without area.</summary>
    public (double X, double Y, double Z) Normal(int triangle)
    {
        var cross = Cross(triangle);
        var length = Length(cross);
        return length > 0 ? (cross.X / length, cross.Y / length, cross.Z / length) : default;
    }

    private static double Length((double X, double Y, double Z) v) => Math.Sqrt((v.X * v.X) + (v.Y * v.Y) + (v.Z * v.Z));

    /// <summary>(b - a) x (c - a).</summary>
    private (double X, double Y, double Z) Cross(int triangle)
    {
        var (a, b, c) = (Corner(Triangles[3 * triangle]), Corner(Triangles[(3 * triangle) + 1]), Corner(Triangles[(3 * triangle) + 2]));
        var (u, v) = ((X: b.X - a.X, Y: b.Y - a.Y, Z: b.Z - a.Z), (X: c.X - a.X, Y: c.Y - a.Y, Z: c.Z - a.Z));
        return ((u.Y * v.Z) - (u.Z * v.Y), (u.Z * v.X) - (u.X * v.Z), (u.X * v.Y) - (u.Y * v.X));
    }
}
