namespace CryoHub.Numerics.Volumes;

/// <summary>
/// Connected components of a mask. Runs of voxels along x are found and joined slab by slab (<see cref="Find"/>, slabs side by side), then across slabs
/// (<see cref="Join"/>); labels count from 1 in the order of each component's first voxel.
/// </summary>
public sealed class ConnectedComponents
{
    private readonly VolumeShape shape;
    private readonly Connectivity connectivity;
    private readonly int slabs;
    private readonly RunTable[] tables;
    private int[] offsets = [];
    private int[] labels = [];

    /// <summary>Components of a volume of that shape, found in <paramref name="slabs"/> slabs of nearly equal depth.</summary>
    public ConnectedComponents(VolumeShape shape, Connectivity connectivity, int slabs)
    {
        (this.shape, this.connectivity, this.slabs) = (shape, connectivity, Math.Clamp(slabs, 1, shape.Depth));
        tables = [.. Enumerable.Range(0, this.slabs).Select(slab => new RunTable(Slices(slab).Count * shape.Height))];
    }

    /// <summary>Slabs in fact: never more than slices.</summary>
    public int Slabs => slabs;

    /// <summary>How many components there are, once joined.</summary>
    public int Count { get; private set; }

    /// <summary>The slices of a slab.</summary>
    public (int First, int Count) Slices(int slab)
    {
        var first = (int)((long)slab * shape.Depth / slabs);
        return (first, (int)((long)(slab + 1) * shape.Depth / slabs) - first);
    }

    /// <summary>Finds and joins the runs of one slab; <paramref name="mask"/> is the whole volume's, 0 outside.</summary>
    public void Find(ReadOnlySpan<byte> mask, int slab)
    {
        var (first, count) = Slices(slab);
        var table = tables[slab];
        table.Find(mask.Slice(first * shape.Plane, count * shape.Plane), shape.Width);
        for (var z = 0; z < count; z++)
        {
            for (var y = 0; y < shape.Height; y++)
            {
                var row = (z * shape.Height) + y;
                if (y > 0)
                {
                    table.JoinRows(row, row - 1, connectivity == Connectivity.Faces ? 0 : 1);
                }

                for (var dy = -1; dy <= 1 && z > 0; dy++)
                {
                    if (Reach(y, dy) is var reach and >= 0)
                    {
                        table.JoinRows(row, row - shape.Height + dy, reach);
                    }
                }
            }
        }
    }

    /// <summary>Joins the slabs and numbers the components.</summary>
    public void Join()
    {
        offsets = new int[slabs + 1];
        for (var slab = 0; slab < slabs; slab++)
        {
            offsets[slab + 1] = offsets[slab] + tables[slab].Count;
        }

        labels = new int[offsets[slabs]];
        for (var slab = 0; slab < slabs; slab++)
        {
            var from = tables[slab].Parents;
            var to = labels.AsSpan(offsets[slab]);
            for (var run = 0; run < from.Length; run++)
            {
                to[run] = from[run] + offsets[slab];
            }
        }

        for (var slab = 1; slab < slabs; slab++)
        {
            var last = (Slices(slab - 1).Count - 1) * shape.Height;
            for (var row = 0; row < 3 * shape.Height; row++)
            {
                var (y, dy) = (row / 3, (row % 3) - 1);
                if (Reach(y, dy) is var reach and >= 0)
                {
                    RunTable.Join(tables[slab], y, tables[slab - 1], last + y + dy, reach, labels, offsets[slab], offsets[slab - 1]);
                }
            }
        }

        Number();
    }

    /// <summary>Writes the labels of one slab's slices, 0 outside.</summary>
    public void Write(int slab, Span<int> result)
    {
        result.Clear();
        var table = tables[slab];
        for (var row = 0; row < table.FirstOfRow.Length - 1; row++)
        {
            for (var run = table.FirstOfRow[row]; run < table.FirstOfRow[row + 1]; run++)
            {
                result.Slice((row * shape.Width) + table.Start(run), table.End(run) - table.Start(run)).Fill(labels[offsets[slab] + run]);
            }
        }
    }

    /// <summary>Writes 1 where the component's entry of <paramref name="keep"/> (by label, entry 0 unused) is true, else 0.</summary>
    public void Write(int slab, ReadOnlySpan<bool> keep, Span<byte> result)
    {
        result.Clear();
        var table = tables[slab];
        for (var row = 0; row < table.FirstOfRow.Length - 1; row++)
        {
            for (var run = table.FirstOfRow[row]; run < table.FirstOfRow[row + 1]; run++)
            {
                if (keep[labels[offsets[slab] + run]])
                {
                    result.Slice((row * shape.Width) + table.Start(run), table.End(run) - table.Start(run)).Fill(1);
                }
            }
        }
    }

    /// <summary>Voxels of each component, by label; entry 0 is 0.</summary>
    public long[] Sizes()
    {
        var sizes = new long[Count + 1];
        foreach (var run in Runs())
        {
            sizes[run.Label] += run.End - run.Start;
        }

        return sizes;
    }

    /// <summary>By label, on which faces of the volume each component lies.</summary>
    public VolumeFaces[] Faces()
    {
        var faces = new VolumeFaces[Count + 1];
        foreach (var run in Runs())
        {
            faces[run.Label] |= VolumeFace.Of(shape, run.Z, run.Y, run.Start, run.End - 1);
        }

        return faces;
    }

    /// <summary>By label, whether a voxel of the component is set in <paramref name="marks"/>, a mask of the whole volume.</summary>
    public bool[] Holding(byte[] marks)
    {
        var holding = new bool[Count + 1];
        foreach (var run in Runs())
        {
            holding[run.Label] = holding[run.Label] || marks.AsSpan(shape.Index(run.Z, run.Y, run.Start), run.End - run.Start).ContainsAnyExcept((byte)0);
        }

        return holding;
    }

    /// <summary>Every run of voxels along x, in order: columns from Start to before End.</summary>
    public IEnumerable<(int Z, int Y, int Start, int End, int Label)> Runs()
    {
        for (var slab = 0; slab < slabs; slab++)
        {
            var (table, first) = (tables[slab], Slices(slab).First * shape.Height);
            for (var row = 0; row < table.FirstOfRow.Length - 1; row++)
            {
                for (var run = table.FirstOfRow[row]; run < table.FirstOfRow[row + 1]; run++)
                {
                    yield return ((first + row) / shape.Height, (first + row) % shape.Height, table.Start(run), table.End(run), labels[offsets[slab] + run]);
                }
            }
        }
    }

    /// <summary>How far runs of row y and of row y + dy of the slice below may lie apart and touch: 0 where they must overlap, -1 where they never touch.</summary>
    private int Reach(int y, int dy) =>
        (uint)(y + dy) >= (uint)shape.Height ? -1
        : dy == 0 ? (connectivity == Connectivity.Faces ? 0 : 1)
        : connectivity == Connectivity.Corners ? 1 : connectivity == Connectivity.Edges ? 0 : -1;

    private void Number()
    {
        for (var run = 0; run < labels.Length; run++)
        {
            // Parents come before their children, so a parent has its number (kept negative until all have one) when a child asks for it.
            labels[run] = labels[run] == run ? -(++Count) : labels[labels[run]];
        }

        for (var run = 0; run < labels.Length; run++)
        {
            labels[run] = -labels[run];
        }
    }
}
