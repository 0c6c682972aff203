using CryoHub.Imaging;

namespace CryoHub.Analyses.PixelClassifier;

/// <summary>
/// How well a forest does on labelled pixels it has not seen. Whole tiles of the pictures are held out, as neighbouring pixels of a stroke are nearly the same and would
/// make any forest look good.
/// </summary>
internal sealed class HeldOutTest
{
    private const int Tile = 32; // pixels
    private const int CalibrationBins = 10;

    private readonly TrainingSet set;
    private readonly long[,] confusion;
    private readonly double[] sums = new double[CalibrationBins], right = new double[CalibrationBins], counts = new double[CalibrationBins];
    private readonly Dictionary<(int, int, int, int), (long Right, long All)> tiles = [];
    private double brier;
    private long all;

    private HeldOutTest(TrainingSet set) => (this.set, confusion) = (set, new long[set.Classes.Count, set.Classes.Count]);

    /// <summary>Share of tested pixels that got their own class.</summary>
    public double Accuracy { get; private set; }

    /// <summary>Standard error of <see cref="Accuracy"/>, with whole tiles as what was drawn.</summary>
    public double AccuracyError { get; private set; }

    /// <summary>Intersection over union of each class; NaN where it was not tested.</summary>
    public double[] Overlaps { get; private set; } = [];

    /// <summary>Fits a forest without some tiles and tests it on them; <c>null</c> where no class can spare a tile.</summary>
    public static HeldOutTest? Of(TrainingSet set, PixelClassifierParameters parameters, ParallelOptions options, IResultSink results)
    {
        var tested = Choose(set, parameters);
        var spared = Enumerable.Range(0, set.Classes.Count).Where(k => !set.Samples.Where((_, i) => tested[i]).Any(sample => sample.Class == k)).ToArray();
        if (spared.Length > 0 && parameters.HeldOut > 0)
        {
            results.Warn($"{string.Join(", ", spared.Select(k => set.Classes[k].Name))}: all labelled pixels lie in one tile of {Tile} px or beside other classes, so none could be held out. Label it in several places to have it tested.");
        }

        int[] test = [.. Enumerable.Range(0, tested.Length).Where(i => tested[i])];
        if (test.Length == 0)
        {
            return null;
        }

        int[] train = [.. Enumerable.Range(0, tested.Length).Where(i => !tested[i])];
        var (forest, bins) = ForestFit.Of(set.Of(train), [.. train.Select(i => (byte)set.Samples[i].Class)], set.Classes.Count, parameters.Trees, parameters.Seed, options);
        var probabilities = ForestFit.Predict(forest, bins, set.Of(test), test.Length);
        var found = new HeldOutTest(set);
        for (var i = 0; i < test.Length; i++)
        {
            found.Add(set.Samples[test[i]], probabilities.AsSpan(i * set.Classes.Count, set.Classes.Count));
        }

        found.Finish();
        return found;
    }

    public void Write(IResultSink results)
    {
        results.Number("Held-out accuracy", Accuracy, "", AccuracyError);
        results.Number("Held-out pixels", all, "");
        results.Number("Brier score", brier / all, "");
        results.Number("Expected calibration error", Enumerable.Range(0, CalibrationBins).Where(b => counts[b] > 0).Sum(b => Math.Abs(right[b] - sums[b])) / all, "");
        var kinds = set.Classes.Count;
        for (var k = 0; k < kinds; k++)
        {
            results.Number($"IoU, {set.Classes[k].Name}", Overlaps[k], "", OverlapError(k));
        }

        results.Table("Confusion matrix (rows: labelled, columns: predicted)", [
            new Column("Class", "", [.. set.Classes.Select(item => (object)item.Name)]),
            .. Enumerable.Range(0, kinds).Select(predicted => new Column(set.Classes[predicted].Name, "px", [.. Enumerable.Range(0, kinds).Select(labelled => (object)(double)confusion[labelled, predicted])])),
        ]);
        int[] used = [.. Enumerable.Range(0, CalibrationBins).Where(b => counts[b] > 0)];
        results.Curve(
            "Calibration: share that is right over stated probability", [.. used.Select(b => sums[b] / counts[b])], [.. used.Select(b => right[b] / counts[b])], "", "",
            [.. used.Select(b => Math.Sqrt(Math.Max(right[b] * (counts[b] - right[b]) / counts[b], 0.25) / counts[b] / counts[b]))]);
    }

    /// <summary>For each sample whether its tile is held out: rare classes choose first, and each keeps a tile to learn from.</summary>
    private static bool[] Choose(TrainingSet set, PixelClassifierParameters parameters)
    {
        var random = new Random(parameters.Seed);
        var tiles = set.Samples.Select((sample, i) => (Key: Of(sample), i)).GroupBy(entry => entry.Key)
            .Select(group => (group.Key, Rows: group.Select(entry => entry.i).ToArray(), Counts: group.GroupBy(entry => set.Samples[entry.i].Class).ToDictionary(part => part.Key, part => part.Count())))
            .OrderBy(tile => tile.Key).ToArray();
        random.Shuffle(tiles);
        var state = new int[tiles.Length]; // 0 open, 1 learns, 2 is tested
        var totals = Enumerable.Range(0, set.Classes.Count).Select(k => set.Samples.Count(sample => sample.Class == k)).ToArray();
        foreach (var k in Enumerable.Range(0, totals.Length).OrderBy(k => totals[k]))
        {
            int[] with = [.. Enumerable.Range(0, tiles.Length).Where(t => tiles[t].Counts.ContainsKey(k))];
            var taken = with.Where(t => state[t] == 2).Sum(t => tiles[t].Counts[k]);
            var open = with.Where(t => state[t] == 0).ToArray();
            var learns = with.Any(t => state[t] == 1);
            foreach (var t in open)
            {
                if (learns && taken + (tiles[t].Counts[k] / 2) < parameters.HeldOut * totals[k])
                {
                    state[t] = 2;
                    taken += tiles[t].Counts[k];
                }
                else
                {
                    (state[t], learns) = (1, true);
                }
            }
        }

        var tested = new bool[set.Samples.Count];
        for (var t = 0; t < tiles.Length; t++)
        {
            Array.ForEach(tiles[t].Rows, row => tested[row] = state[t] == 2);
        }

        return tested;
    }

    private static (int Picture, int Z, int Y, int X) Of(Sample sample) => (sample.Picture, sample.Z / Tile, sample.Y / Tile, sample.X / Tile);

    private void Add(Sample sample, ReadOnlySpan<float> probabilities)
    {
        var best = 0;
        for (var k = 0; k < probabilities.Length; k++)
        {
            best = probabilities[k] > probabilities[best] ? k : best;
            var off = probabilities[k] - (sample.Class == k ? 1 : 0);
            brier += off * off;
        }

        var isRight = best == sample.Class;
        var bin = Math.Min(CalibrationBins - 1, (int)(probabilities[best] * CalibrationBins));
        sums[bin] += probabilities[best];
        right[bin] += isRight ? 1 : 0;
        counts[bin]++;
        confusion[sample.Class, best]++;
        all++;
        var (rightHere, allHere) = tiles.GetValueOrDefault(Of(sample));
        tiles[Of(sample)] = (rightHere + (isRight ? 1 : 0), allHere + 1);
    }

    private void Finish()
    {
        var kinds = set.Classes.Count;
        Accuracy = Enumerable.Range(0, kinds).Sum(k => confusion[k, k]) / (double)all;
        var n = tiles.Count;
        // Of few tiles without an error nothing smaller can be said than one error in as many tiles as there are.
        var spread = tiles.Values.Sum(tile => Math.Pow(tile.Right - (Accuracy * tile.All), 2));
        AccuracyError = Math.Max(n > 1 ? Math.Sqrt(spread * n / (n - 1)) / all : 0, Math.Sqrt(Math.Max(Accuracy * (1 - Accuracy), 1.0 / (all + 1)) / all));
        Overlaps = [.. Enumerable.Range(0, kinds).Select(k => Tested(k) == 0 ? double.NaN : confusion[k, k] / (double)Union(k))];
    }

    private long Tested(int k) => Enumerable.Range(0, set.Classes.Count).Sum(other => confusion[k, other]);

    private long Union(int k) => Tested(k) + Enumerable.Range(0, set.Classes.Count).Sum(other => confusion[other, k]) - confusion[k, k];

    /// <summary>Binomial, widened as tiles widen the error of the accuracy.</summary>
    private double OverlapError(int k)
    {
        var widening = AccuracyError / Math.Sqrt(Math.Max(Accuracy * (1 - Accuracy), 1.0 / (all + 1)) / all);
        return Math.Sqrt(Math.Max(Overlaps[k] * (1 - Overlaps[k]), 1.0 / (all + 1)) / Math.Max(1, Union(k))) * widening;
    }
}
