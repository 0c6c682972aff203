namespace CryoHub.Numerics.Volumes;

/// <summary>
/// The triangles of marching cubes for each of the 256 ways in which the corners of a cell lie inside or outside. Corner c has the bits x + 2 y + 4 z. On each
/// face the contour cuts every run of inside corners off, so two inside corners across a face's diagonal are kept apart; as both cells at a face see the same
/// corners the mesh has no holes.
/// </summary>
internal static class CubeCases
{
    /// <summary>By case: three edges for each triangle. Edges along x are 0 to 3 (+1 at higher y, +2 at higher z), along y 4 to 7 (x, z), along z 8 to 11 (x, y).</summary>
    public static byte[][] Triangles { get; } = [.. Enumerable.Range(0, 256).Select(Of)];

    private static byte[] Of(int inside)
    {
        var next = new Dictionary<int, int>();
        for (var face = 0; face < 6; face++)
        {
            Cut(Cycle(face / 2, face % 2 == 1), inside, next);
        }

        var triangles = new List<byte>();
        while (next.Count > 0)
        {
            var loop = new List<int>();
            for (var edge = next.Keys.Min(); next.Remove(edge, out var following); edge = following)
            {
                loop.Add(edge);
            }

            for (var i = 2; i < loop.Count; i++)
            {
                triangles.AddRange([(byte)loop[0], (byte)loop[i - 1], (byte)loop[i]]);
            }
        }

        return [.. triangles];
    }

    /// <summary>The corners of a face, counter-clockwise seen from outside the cell.</summary>
    private static int[] Cycle(int axis, bool high)
    {
        var (at, u, v) = (high ? 1 << axis : 0, 1 << ((axis + 1) % 3), 1 << ((axis + 2) % 3));
        return high ? [at, at | u, at | u | v, at | v] : [at, at | v, at | u | v, at | u];
    }

    /// <summary>Connects the edge on which each run of inside corners begins with the one on which it ends.</summary>
    private static void Cut(int[] cycle, int inside, Dictionary<int, int> next)
    {
        for (var i = 0; i < 4; i++)
        {
            var (before, corner) = (cycle[(i + 3) % 4], cycle[i]);
            if (!Has(inside, corner) || Has(inside, before))
            {
                continue;
            }

            var last = i;
            while (Has(inside, cycle[(last + 1) % 4]))
            {
                last++;
            }

            next.Add(Edge(before, corner), Edge(cycle[last % 4], cycle[(last + 1) % 4]));
        }
    }

    private static bool Has(int inside, int corner) => (inside >> corner & 1) != 0;

    private static int Edge(int a, int b)
    {
        var low = Math.Min(a, b);
        return (a ^ b) switch
        {
            1 => low >> 1,
            2 => 4 + (low & 1) + (low >> 2 << 1),
            _ => 8 + low,
        };
    }
}
