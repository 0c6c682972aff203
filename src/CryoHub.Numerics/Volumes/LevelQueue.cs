namespace CryoHub.Numerics.Volumes;

/// <summary>First in, first out within each level, the lowest level first; every item is added at most once.</summary>
internal sealed class LevelQueue(int items, int levels)
{
    private readonly int[] following = new int[items];
    private readonly int[] heads = NewEmpty(levels);
    private readonly int[] tails = new int[levels];
    private int lowest = levels;

    public void Add(int item, int level)
    {
        following[item] = -1;
        if (heads[level] < 0)
        {
            heads[level] = item;
        }
        else
        {
            following[tails[level]] = item;
        }

        tails[level] = item;
        lowest = Math.Min(lowest, level);
    }

    /// <summary>The next item, or -1.</summary>
    public int Take()
    {
        while (lowest < heads.Length && heads[lowest] < 0)
        {
            lowest++;
        }

        if (lowest == heads.Length)
        {
            return -1;
        }

        var item = heads[lowest];
        heads[lowest] = following[item];
        return item;
    }

    private static int[] NewEmpty(int levels)
    {
        var heads = new int[levels];
        Array.Fill(heads, -1);
        return heads;
    }
}
