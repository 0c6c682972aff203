using CryoHub.Analyses.PixelClassifier;
using CryoHub.Analyses.Volumes;
using CryoHub.Imaging;
using CryoHub.Numerics.Learning;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.Annotated;

/// <summary>How far several annotators agree, where they do not, and what they say together.</summary>
public sealed class LabelAgreement : Analysis<LabelAgreementParameters>
{
    private const int MostClasses = 64; // a class is six bits of a pattern

    private static readonly SignalKind[] Pictures = [SignalKind.Image, SignalKind.ImageStack, SignalKind.Volume];
    private static readonly string[] Roles = ["labels", "labels-2", "labels-3", "labels-4", "labels-5", "labels-6"];

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "label-agreement",
        1,
        "Agreement of labels",
        "Compares the labels of two to six annotators: Dice, Jaccard, Cohen's kappa, mean and 95 % boundary distance, a picture of where they differ, and the consensus by majority and by STAPLE.",
        [.. Roles.Select((role, i) => new AnalysisInput(role, Pictures, Required: i < 2))],
        typeof(LabelAgreementParameters),
        [
            "Dice, Ecology 26 (1945) 297, doi:10.2307/1932409",
            "Cohen, Educ. Psychol. Meas. 20 (1960) 37, doi:10.1177/001316446002000104 (kappa)",
            "Warfield, Zou and Wells, IEEE Trans. Med. Imaging 23 (2004) 903, doi:10.1109/TMI.2004.828354 (STAPLE)",
            "Dawid and Skene, Appl. Stat. 28 (1979) 20, doi:10.2307/2346806",
        ])
    {
        Formula =
        [
            "Dice = 2 both / (first + second), Jaccard = both / either, kappa = (same - chance) / (1 - chance) over all classes, label 0 among them unless it is left out.",
            "Boundary distance: from each boundary pixel of one to the nearest of the other and back, all together; in three dimensions for volumes, picture by picture for images and stacks.",
            "Uncertainty of Dice, Jaccard and kappa: jackknife over up to 8 x 8 tiles of the picture.",
            "Majority: the label that most gave; of a tie the smallest. STAPLE: the most probable label, with each annotator's confusion matrix and the classes' frequencies estimated together with the truth.",
            "Disagreement: share of annotators who did not give the majority's label.",
        ],
        Limits =
        [
            "Agreement is not truth: what all overlook, nobody misses. STAPLE takes annotators for independent and pixels too.",
            "Dice of thin layers is low also where boundaries are a pixel apart; the boundary distance says so.",
        ],
    };

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, LabelAgreementParameters parameters, CancellationToken ct)
    {
        var signals = Roles.Where((role, i) => i < 2 || run.Inputs.ContainsKey(role)).Select(role => run.Input(Info, role)).ToArray();
        var first = signals[0].Header;
        if (signals.FirstOrDefault(signal => !signal.Header.Shape.SequenceEqual(first.Shape)) is { } other)
        {
            throw ProblemException.Invalid($"Labels must have the same pixels: \"{first.Name}\" is {string.Join(" x ", first.Shape)}, \"{other.Header.Name}\" is {string.Join(" x ", other.Header.Shape)}.");
        }

        var whole = new VolumeScale(first, parameters.Voxel, parameters.SliceSpacing);
        whole.Warnings.ForEach(run.Results.Warn);
        var box = parameters.Box ?? new VolumeBox { Width = whole.Shape.Width, Height = whole.Shape.Height, Depth = whole.Shape.Depth };
        var scale = whole.Of(box);
        var labels = new List<int[]>();
        foreach (var signal in signals)
        {
            labels.Add(LabelFrame.Whole(await VolumeReader.ReadAsync(signal, whole.Shape, box, run.Progress, 0.2, ct), signal.Header));
        }

        int[] values = [.. labels.SelectMany(label => label.Distinct()).Distinct().Where(value => value != parameters.LeaveOut).Order()];
        if (values.Length is < 1 or > MostClasses)
        {
            throw ProblemException.Invalid($"Up to {MostClasses} labels are compared; the pictures hold {values.Length}{(values.Length == 0 ? "" : $" from {values[0]} to {values[^1]}")}. Numbered objects are no classes.");
        }

        var named = signals.SelectMany(signal => signal.Header.Labels ?? []).DistinctBy(item => item.Value).ToDictionary(item => item.Value);
        LabelClass[] classes = [.. values.Select((value, i) => named.GetValueOrDefault(value) ?? new LabelClass(value, value == 0 ? "without label" : $"class {value}", value == 0 ? "#000000" : ClassColours.Of(i)))];
        var compared = new ComparedLabels(labels, values, scale.Shape);
        if (compared.Count == 0)
        {
            throw ProblemException.Invalid($"No pixel is left to compare: at each of {scale.Shape.Count} pixels some annotator gave label {parameters.LeaveOut}, which is left out.");
        }

        WritePairs(run, compared, signals, classes, scale, ct);
        run.Progress.Report(new Step(0.8, "Finding the consensus"));
        var staple = new Staple(compared.Patterns, compared.Counts, classes.Length);
        WriteStaple(run.Results, staple, signals, classes);
        await WriteMapsAsync(run, compared, staple, classes, scale, ct);
    }

    private static void WritePairs(AnalysisRun run, ComparedLabels compared, ISignal[] signals, LabelClass[] classes, VolumeScale scale, CancellationToken ct)
    {
        var (rows, pairs) = (new List<object[]>(), new List<object[]>());
        var perFrame = scale.Header.Kind != SignalKind.Volume;
        var shape = perFrame ? scale.Shape with { Depth = 1 } : scale.Shape;
        var work = new VolumeWork(shape, run.Parallel(ct));
        var pairCount = signals.Length * (signals.Length - 1) / 2;
        for (var a = 0; a < signals.Length; a++)
        {
            for (var b = a + 1; b < signals.Length; b++)
            {
                run.Progress.Report(new Step(0.2 + (0.6 * pairs.Count / pairCount), $"Comparing {a + 1} and {b + 1}"));
                var counts = compared.Pair(a, b, classes.Length);
                var kappa = counts.Of(AgreementCounts.Kappa);
                pairs.Add([$"{a + 1} and {b + 1}", kappa.Value, kappa.Error, Enumerable.Range(0, classes.Length).Sum(k => counts.All[k, k]) / (double)compared.Count]);
                for (var k = 0; k < classes.Length; k++)
                {
                    ct.ThrowIfCancellationRequested();
                    var kind = k;
                    var (dice, jaccard) = (counts.Of(all => AgreementCounts.Dice(all, kind)), counts.Of(all => AgreementCounts.Jaccard(all, kind)));
                    var distances = new BoundaryDistances();
                    for (var z = 0; z < scale.Shape.Depth / shape.Depth; z++)
                    {
                        distances.Add(work, scale.Size, compared.Classes(a, z * shape.Plane, shape.Count), compared.Classes(b, z * shape.Plane, shape.Count), (byte)k);
                    }

                    rows.Add([$"{a + 1} and {b + 1}", classes[k].Name, dice.Value, dice.Error, jaccard.Value, jaccard.Error, distances.Mean, distances.Percentile(0.95)]);
                    if (distances.OneSided)
                    {
                        run.Results.Warn($"{classes[k].Name}: only one of {a + 1} and {b + 1} gave it on some picture; such pictures have no boundary distance.");
                    }
                }
            }
        }

        Numbers(run.Results, rows, pairs, classes, scale.Unit);
        run.Results.Table("Annotators", [new Column("Number", "", [.. signals.Select((_, i) => (object)(double)(i + 1))]), new Column("Input", "", [.. signals.Select(signal => (object)signal.Header.Name)])]);
        run.Results.Table("Pairs", Columns(pairs, ("Annotators", ""), ("Cohen's kappa", ""), ("Kappa uncertainty", ""), ("Share of pixels with the same label", "")));
        run.Results.Table("Agreement by class", Columns(
            rows, ("Annotators", ""), ("Class", ""), ("Dice", ""), ("Dice uncertainty", ""), ("Jaccard", ""), ("Jaccard uncertainty", ""), ("Boundary distance, mean", scale.Unit), ("Boundary distance, 95 %", scale.Unit)));
    }

    /// <summary>Means over all pairs; with more than two annotators the uncertainty is the larger of the jackknife's mean and the standard error over the pairs.</summary>
    private static void Numbers(IResultSink results, List<object[]> rows, List<object[]> pairs, LabelClass[] classes, string unit)
    {
        Number("Cohen's kappa", "", [.. pairs.Select(row => (double)row[1])], [.. pairs.Select(row => (double)row[2])]);
        foreach (var item in classes)
        {
            var own = rows.Where(row => (string)row[1] == item.Name).ToArray();
            Number($"Dice, {item.Name}", "", [.. own.Select(row => (double)row[2])], [.. own.Select(row => (double)row[3])]);
            Number($"Jaccard, {item.Name}", "", [.. own.Select(row => (double)row[4])], [.. own.Select(row => (double)row[5])]);
            Number($"Boundary distance, mean, {item.Name}", unit, [.. own.Select(row => (double)row[6])], []);
            Number($"Boundary distance, 95 %, {item.Name}", unit, [.. own.Select(row => (double)row[7])], []);
        }

        void Number(string name, string numberUnit, double[] values, double[] errors)
        {
            double[] known = [.. values.Where(value => !double.IsNaN(value))];
            if (known.Length == 0)
            {
                return;
            }

            var mean = known.Average();
            var spread = known.Length > 1 ? Math.Sqrt(known.Sum(value => (value - mean) * (value - mean)) / (known.Length - 1) / known.Length) : 0;
            var within = errors.Where(error => !double.IsNaN(error)).DefaultIfEmpty(0).Average();
            results.Number(name, mean, numberUnit, Math.Max(spread, within) is var error && error > 0 ? error : null);
        }
    }

    private static Column[] Columns(List<object[]> rows, params (string Name, string Unit)[] heads) => [.. heads.Select((head, i) => new Column(head.Name, head.Unit, [.. rows.Select(row => row[i])]))];

    private static void WriteStaple(IResultSink results, Staple staple, ISignal[] signals, LabelClass[] classes) => results.Table("Annotators by STAPLE", [
        new Column("Number", "", [.. signals.Select((_, i) => (object)(double)(i + 1))]),
        .. classes.Select((item, k) => new Column($"Sensitivity, {item.Name}", "", [.. signals.Select((_, j) => (object)staple.Performance[j, k, k])])),
    ]);

    private static async Task WriteMapsAsync(AnalysisRun run, ComparedLabels compared, Staple staple, LabelClass[] classes, VolumeScale scale, CancellationToken ct)
    {
        var patterns = compared.Patterns;
        var majority = new int[patterns.Count];
        var disagreement = new float[patterns.Count];
        var probable = new int[patterns.Count];
        for (var p = 0; p < patterns.Count; p++)
        {
            var votes = new int[classes.Length];
            Array.ForEach(patterns[p], given => votes[given]++);
            majority[p] = Array.IndexOf(votes, votes.Max());
            disagreement[p] = 1 - (votes.Max() / (float)patterns[p].Length);
            probable[p] = Enumerable.Range(0, classes.Length).MaxBy(k => staple.Truth[p, k]);
        }

        var differing = Enumerable.Range(0, patterns.Count).Where(p => disagreement[p] > 0).Sum(p => compared.Counts[p]) / (double)compared.Count;
        run.Results.Number("Share of pixels where somebody differs", differing, "");
        var pixel = LabelBytes.For(classes[^1].Value);
        await WriteAsync("Consensus (majority)", pixel, p => p < 0 ? 0 : classes[majority[p]].Value);
        await WriteAsync("Consensus (STAPLE)", pixel, p => p < 0 ? 0 : classes[probable[p]].Value);
        await WriteAsync("Disagreement", PixelType.Float32, p => p < 0 ? float.NaN : disagreement[p]);

        async Task WriteAsync(string name, PixelType type, Func<int, float> value)
        {
            var header = scale.Header with { Name = name, Pixel = type, ValueUnit = "", Metadata = AcquisitionMetadata.None, Original = MetadataTree.Empty, Labels = type == PixelType.Float32 ? null : classes };
            await using var volume = await run.Results.VolumeAsync(name, header, ct);
            for (var z = 0; z < scale.Shape.Depth; z++)
            {
                float[] plane = [.. compared.PatternOf.AsSpan(z * scale.Shape.Plane, scale.Shape.Plane).ToArray().Select(value)];
                await volume.WriteSlabAsync(z, LabelBytes.Of(plane, type), ct);
            }
        }
    }
}
