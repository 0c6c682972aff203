using System.Numerics;

namespace CryoHub.Numerics.Volumes;

/// <summary>
/// Whether a voxel can go without changing the topology of a body (26 neighbours) and its outside (6 neighbours): one component of the body remains around it,
/// and one of the outside touches it (Malandain and Bertrand, IAPR 1992, doi:10.1109/ICPR.1992.201960). Neighbourhoods are 27 bits, the voxel itself bit 13.
/// </summary>
internal static class SimplePoint
{
    private const int Centre = 1 << 13;
    private static readonly int[] Touching = Neighbours((a, b) => Math.Max(Math.Abs(a.Z - b.Z), Math.Max(Math.Abs(a.Y - b.Y), Math.Abs(a.X - b.X))) == 1);
    private static readonly int[] SharingFace = Neighbours((a, b) => Math.Abs(a.Z - b.Z) + Math.Abs(a.Y - b.Y) + Math.Abs(a.X - b.X) == 1);
    private static readonly int WithoutCorners = Enumerable.Range(0, 27).Where(n => n != 13 && Position(n) is var p && Math.Abs(p.Z) + Math.Abs(p.Y) + Math.Abs(p.X) < 3).Sum(n => 1 << n);

    /// <summary>True where the voxel in the middle of <paramref name="body"/> is simple.</summary>
    public static bool Is(int body)
    {
        body &= ~Centre;
        if (body == 0 || Flood(body & -body, body, Touching) != body)
        {
            return false;
        }

        var outside = ~body & WithoutCorners;
        var faces = outside & SharingFace[13];
        return faces != 0 && (faces & ~Flood(faces & -faces, outside, SharingFace)) == 0;
    }

    private static int Flood(int seed, int within, int[] neighbours)
    {
        var (reached, fresh) = (seed, seed);
        while (fresh != 0)
        {
            var next = neighbours[BitOperations.TrailingZeroCount(fresh)] & within & ~reached;
            fresh = (fresh & (fresh - 1)) | next;
            reached |= next;
        }

        return reached;
    }

    private static int[] Neighbours(Func<(int Z, int Y, int X), (int Z, int Y, int X), bool> are) =>
        [.. Enumerable.Range(0, 27).Select(a => Enumerable.Range(0, 27).Where(b => b != a && are(Position(a), Position(b))).Sum(b => 1 << b))];

    private static (int Z, int Y, int X) Position(int n) => ((n / 9) - 1, (n / 3 % 3) - 1, (n % 3) - 1);
}
