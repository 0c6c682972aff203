namespace CryoHub.Numerics.Volumes;

/// <summary>
/// The surface on which a volume takes a value (Lorensen and Cline, Computer Graphics 21 (1987) 163, doi:10.1145/37402.37422), between voxel centres; open where
/// the body reaches the volume's faces. Cells are taken slab by slab, slabs side by side; <see cref="Join"/> sews them together.
/// </summary>
public sealed class MarchingCubes
{
    private readonly VolumeShape shape;
    private readonly float level;
    private readonly int first;
    private readonly bool lastSlab;
    private readonly List<float> corners = [];
    private readonly List<int> triangles = [];
    private readonly byte[] insideBelow;
    private readonly byte[] insideAbove;
    private int[] alongXBelow;
    private int[] alongYBelow;
    private int[] alongXAbove;
    private int[] alongYAbove;
    private readonly int[] alongZ;
    private int beyond; // corners of the top slice, which are the next slab's

    private MarchingCubes(VolumeShape shape, float level, int first, bool lastSlab)
    {
        (this.shape, this.level, this.first, this.lastSlab) = (shape, level, first, lastSlab);
        (insideBelow, insideAbove) = (new byte[shape.Plane], new byte[shape.Plane]);
        (alongXBelow, alongYBelow, alongXAbove, alongYAbove, alongZ) = (new int[shape.Plane], new int[shape.Plane], new int[shape.Plane], new int[shape.Plane], new int[shape.Plane]);
    }

    /// <summary>The piece of surface between slices <paramref name="first"/> and <paramref name="first"/> + <paramref name="layers"/>; inside is what exceeds <paramref name="level"/>.</summary>
    public static MarchingCubes Slab(ReadOnlySpan<float> volume, VolumeShape shape, VoxelSize size, float level, int first, int layers)
    {
        var slab = new MarchingCubes(shape, level, first, first + layers == shape.Depth - 1);
        slab.Run(volume, size, layers);
        return slab;
    }

    /// <summary>One mesh of all pieces, in order.</summary>
    public static TriangleMesh Join(IReadOnlyList<MarchingCubes> slabs)
    {
        var corners = new float[slabs.Sum(slab => slab.corners.Count)];
        var triangles = new int[slabs.Sum(slab => slab.triangles.Count)];
        var (corner, triangle) = (0, 0);
        foreach (var slab in slabs)
        {
            slab.corners.CopyTo(corners, corner);
            var (offset, next) = (corner / 3, (corner + slab.corners.Count) / 3);
            foreach (var index in slab.triangles)
            {
                triangles[triangle++] = index >= 0 ? offset + index : next - index - 1;
            }

            corner += slab.corners.Count;
        }

        return new TriangleMesh(corners, triangles);
    }

    private void Run(ReadOnlySpan<float> volume, VoxelSize size, int layers)
    {
        Inside(volume.Slice(first * shape.Plane, shape.Plane), insideBelow);
        PlaneCorners(volume, first, size, insideBelow, alongXBelow, alongYBelow, own: true);
        for (var z = first; z < first + layers; z++)
        {
            Inside(volume.Slice((z + 1) * shape.Plane, shape.Plane), insideAbove);
            LayerCorners(volume, z, size);
            PlaneCorners(volume, z + 1, size, insideAbove, alongXAbove, alongYAbove, own: lastSlab || z + 1 < first + layers);
            for (var y = 0; y < shape.Height - 1; y++)
            {
                Cells(y * shape.Width);
            }

            insideAbove.CopyTo(insideBelow, 0);
            (alongXBelow, alongXAbove) = (alongXAbove, alongXBelow);
            (alongYBelow, alongYAbove) = (alongYAbove, alongYBelow);
        }
    }

    private void Inside(ReadOnlySpan<float> plane, Span<byte> inside)
    {
        for (var i = 0; i < plane.Length; i++)
        {
            inside[i] = plane[i] > level ? (byte)1 : (byte)0;
        }
    }

    private void PlaneCorners(ReadOnlySpan<float> volume, int z, VoxelSize size, ReadOnlySpan<byte> inside, int[] alongX, int[] alongY, bool own)
    {
        beyond = 0;
        var plane = volume.Slice(z * shape.Plane, shape.Plane);
        for (var y = 0; y < shape.Height; y++)
        {
            var row = y * shape.Width;
            var line = inside.Slice(row, shape.Width);
            var following = y + 1 < shape.Height ? inside.Slice(row + shape.Width, shape.Width) : line;
            for (var x = 0; x < line.Length; x++)
            {
                if (x + 1 < line.Length && line[x] != line[x + 1])
                {
                    alongX[row + x] = own ? Add((x + Share(plane[row + x], plane[row + x + 1])) * size.X, y * size.Y, z * size.Z) : -++beyond;
                }

                if (line[x] != following[x])
                {
                    alongY[row + x] = own ? Add(x * size.X, (y + Share(plane[row + x], plane[row + shape.Width + x])) * size.Y, z * size.Z) : -++beyond;
                }
            }
        }
    }

    private void LayerCorners(ReadOnlySpan<float> volume, int z, VoxelSize size)
    {
        var (below, above) = (z * shape.Plane, (z + 1) * shape.Plane);
        for (var i = 0; i < shape.Plane; i++)
        {
            if (insideBelow[i] != insideAbove[i])
            {
                alongZ[i] = Add(i % shape.Width * size.X, i / shape.Width * size.Y, (z + Share(volume[below + i], volume[above + i])) * size.Z);
            }
        }
    }

    private void Cells(int row)
    {
        var width = shape.Width;
        var inside = Column(0);
        for (var x = 0; x < width - 1; x++)
        {
            var next = Column(x + 1);
            var cell = inside | (next << 1);
            inside = next;
            if (cell is 0 or 255)
            {
                continue;
            }

            var at = row + x;
            foreach (var edge in CubeCases.Triangles[cell])
            {
                triangles.Add(edge switch
                {
                    0 => alongXBelow[at],
                    1 => alongXBelow[at + width],
                    2 => alongXAbove[at],
                    3 => alongXAbove[at + width],
                    4 => alongYBelow[at],
                    5 => alongYBelow[at + 1],
                    6 => alongYAbove[at],
                    7 => alongYAbove[at + 1],
                    8 => alongZ[at],
                    9 => alongZ[at + 1],
                    10 => alongZ[at + width],
                    _ => alongZ[at + width + 1],
                });
            }
        }

        int Column(int x) => insideBelow[row + x] | (insideBelow[row + width + x] << 2) | (insideAbove[row + x] << 4) | (insideAbove[row + width + x] << 6);
    }

    private double Share(float from, float to) => ((double)level - from) / ((double)to - from);

    private int Add(double x, double y, double z)
    {
        corners.Add((float)x);
        corners.Add((float)y);
        corners.Add((float)z);
        return (corners.Count / 3) - 1;
    }
}
