using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.Annotated;

/// <summary>The classes that each annotator gave to each pixel, and the patterns of them that occur.</summary>
internal sealed class ComparedLabels
{
    private const int Tiles = 8; // along each side
    private const byte LeftOut = byte.MaxValue;

    private readonly List<byte[]> classes = [];
    private readonly VolumeShape shape;

    public ComparedLabels(IReadOnlyList<int[]> labels, int[] values, VolumeShape shape)
    {
        this.shape = shape;
        var numbers = values.Select((value, i) => (value, i)).ToDictionary(pair => pair.value, pair => (byte)pair.i);
        foreach (var given in labels)
        {
            classes.Add(Array.ConvertAll(given, label => numbers.GetValueOrDefault(label, LeftOut)));
        }

        PatternOf = new int[shape.Count];
        var seen = new Dictionary<ulong, int>();
        for (var i = 0; i < shape.Count; i++)
        {
            var (key, whole) = (0UL, true);
            foreach (var given in classes)
            {
                whole &= given[i] != LeftOut;
                key = (key << 6) | given[i];
            }

            if (!whole)
            {
                PatternOf[i] = -1;
                continue;
            }

            if (!seen.TryGetValue(key, out var pattern))
            {
                seen.Add(key, pattern = Patterns.Count);
                var at = i;
                Patterns.Add([.. classes.Select(given => given[at])]);
                Counts.Add(0);
            }

            PatternOf[i] = pattern;
            Counts[pattern]++;
            Count++;
        }
    }

    /// <summary>Pixels that are compared.</summary>
    public long Count { get; }

    /// <summary>For each pattern the class that each annotator gave.</summary>
    public List<byte[]> Patterns { get; } = [];

    /// <summary>Pixels of each pattern.</summary>
    public List<long> Counts { get; } = [];

    /// <summary>Pattern of each pixel; -1 where it is left out.</summary>
    public int[] PatternOf { get; }

    /// <summary>One annotator's classes of some of the pixels.</summary>
    public byte[] Classes(int annotator, int from, int count) => classes[annotator].AsSpan(from, count).ToArray();

    public AgreementCounts Pair(int a, int b, int kinds)
    {
        var counts = new AgreementCounts(kinds);
        for (var i = 0; i < PatternOf.Length; i++)
        {
            if (PatternOf[i] >= 0)
            {
                var (y, x) = (i / shape.Width % shape.Height, i % shape.Width);
                counts.Add(((int)((long)y * Tiles / shape.Height) * Tiles) + (int)((long)x * Tiles / shape.Width), classes[a][i], classes[b][i]);
            }
        }

        return counts;
    }
}
