namespace CryoHub.Numerics.Volumes;

/// <summary>The runs of neighbouring foreground voxels along x in some slices, row by row, with the trees that join touching runs.</summary>
internal sealed class RunTable(int rows)
{
    private int[] starts = new int[4 * rows];
    private int[] ends = new int[4 * rows];
    private int[] parents = [];

    /// <summary>First run of each row; one entry more than rows.</summary>
    public int[] FirstOfRow { get; } = new int[rows + 1];

    public int Count { get; private set; }

    /// <summary>First column of a run.</summary>
    public int Start(int run) => starts[run];

    /// <summary>The column after a run.</summary>
    public int End(int run) => ends[run];

    /// <summary>Where each run's tree goes on; a root is its own parent and the first of its tree.</summary>
    public Span<int> Parents => parents.AsSpan(0, Count);

    /// <summary>Finds the runs of <paramref name="mask"/>, rows of <paramref name="width"/> voxels.</summary>
    public void Find(ReadOnlySpan<byte> mask, int width)
    {
        Count = 0;
        for (var row = 0; row < rows; row++)
        {
            FirstOfRow[row] = Count;
            var line = mask.Slice(row * width, width);
            for (var at = 0; at < width;)
            {
                var gap = line[at..].IndexOfAnyExcept((byte)0);
                if (gap < 0)
                {
                    break;
                }

                var length = line[(at + gap)..].IndexOf((byte)0);
                Add(at + gap, length < 0 ? width : at + gap + length);
                at = ends[Count - 1];
            }
        }

        FirstOfRow[rows] = Count;
        parents = [.. Enumerable.Range(0, Count)];
    }

    /// <summary>Joins the runs of two rows that overlap, or touch at a corner where <paramref name="reach"/> is 1.</summary>
    public void JoinRows(int row, int other, int reach) => Join(this, row, this, other, reach, parents, 0, 0);

    /// <summary>As <see cref="JoinRows"/>, for rows of two tables whose trees lie in one array from the given offsets on.</summary>
    public static void Join(RunTable a, int rowA, RunTable b, int rowB, int reach, Span<int> trees, int offsetA, int offsetB)
    {
        var (i, lastA) = (a.FirstOfRow[rowA], a.FirstOfRow[rowA + 1]);
        var (j, lastB) = (b.FirstOfRow[rowB], b.FirstOfRow[rowB + 1]);
        while (i < lastA && j < lastB)
        {
            if (a.starts[i] < b.ends[j] + reach && b.starts[j] < a.ends[i] + reach)
            {
                Unite(trees, i + offsetA, j + offsetB);
            }

            if (a.ends[i] < b.ends[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }
    }

    /// <summary>The first run of the tree; the way there is halved.</summary>
    public static int Root(Span<int> trees, int run)
    {
        while (trees[run] != run)
        {
            run = trees[run] = trees[trees[run]];
        }

        return run;
    }

    private static void Unite(Span<int> trees, int a, int b)
    {
        (a, b) = (Root(trees, a), Root(trees, b));
        if (a < b)
        {
            trees[b] = a;
        }
        else
        {
            trees[a] = b;
        }
    }

    private void Add(int start, int end)
    {
        if (Count == starts.Length)
        {
            Array.Resize(ref starts, 2 * Count);
            Array.Resize(ref ends, 2 * Count);
        }

        (starts[Count], ends[Count]) = (start, end);
        Count++;
    }
}
