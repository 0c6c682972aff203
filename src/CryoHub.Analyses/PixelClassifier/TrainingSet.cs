using System.Buffers.Binary;
using System.Security.Cryptography;
using CryoHub.Analyses.Annotated;
using CryoHub.Analyses.Volumes;
using CryoHub.Imaging;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.PixelClassifier;

/// <summary>All labelled pixels of all pictures, and their features.</summary>
internal sealed class TrainingSet
{
    private const int MostClasses = 64;

    private TrainingSet(List<Sample> samples, IReadOnlyList<LabelClass> classes, long labelled) => (Samples, Classes, Labelled) = (samples, classes, labelled);

    public List<Sample> Samples { get; }

    public IReadOnlyList<LabelClass> Classes { get; }

    /// <summary>Labelled pixels before some were drawn.</summary>
    public long Labelled { get; }

    /// <summary>Features of all samples, feature after feature.</summary>
    public float[] Values { get; private set; } = [];

    /// <summary>SHA-256 over places, classes and features: the same training set has the same.</summary>
    public string Hash { get; private set; } = "";

    /// <exception cref="ProblemException">Fewer than two classes, too many, or labels of another size.</exception>
    public static async Task<TrainingSet> ReadAsync(IReadOnlyList<(ISignal Signal, ISignal Labels)> pairs, PixelClassifierParameters parameters, CancellationToken ct)
    {
        var counts = new SortedDictionary<int, long>();
        await EachAsync(pairs, (_, _, _, label) => counts[label] = counts.GetValueOrDefault(label) + 1, ct);
        if (counts.Count is < 2 or > MostClasses)
        {
            throw ProblemException.Invalid($"A classifier needs from 2 to {MostClasses} classes of labelled pixels (0 is without label); found {counts.Count}: {string.Join(", ", counts.Take(10).Select(count => $"label {count.Key} on {count.Value} pixels"))}.");
        }

        var total = counts.Values.Sum();
        var names = pairs.SelectMany(pair => pair.Labels.Header.Labels ?? []).DistinctBy(label => label.Value).ToDictionary(label => label.Value);
        LabelClass[] classes = [.. counts.Keys.Select((value, i) => names.GetValueOrDefault(value) ?? new LabelClass(value, $"class {value}", ClassColours.Of(i)))];
        var numbers = counts.Keys.Select((value, i) => (value, i)).ToDictionary(pair => pair.value, pair => pair.i);
        var random = new Random(parameters.Seed);
        var share = Math.Min(1, (double)parameters.MostPixels / total);
        var samples = new List<Sample>();
        await EachAsync(pairs, (picture, shape, at, label) =>
        {
            // Rare classes are kept whole: a stroke of few pixels was drawn for a reason.
            if (share >= 1 || counts[label] <= parameters.MostPixels / (4 * counts.Count) || random.NextDouble() < share)
            {
                samples.Add(new Sample(picture, (int)(at / shape.Plane), (int)(at / shape.Width % shape.Height), (int)(at % shape.Width), numbers[label]));
            }
        }, ct);
        return new TrainingSet(samples, classes, total);
    }

    /// <summary>Computes the features at the samples, block by block; pixels without a value are dropped.</summary>
    public async Task FillAsync(IReadOnlyList<(ISignal Signal, ISignal Labels)> pairs, FeatureSet set, AnalysisRun run, ParallelOptions options, CancellationToken ct)
    {
        var values = new float[(long)Samples.Count * set.Features.Count];
        var lost = new HashSet<int>();
        var groups = Samples.Select((sample, row) => (sample, row)).GroupBy(entry => entry.sample.Picture).ToDictionary(group => group.Key, group => group.ToList());
        foreach (var (picture, entries) in groups)
        {
            var scale = new VolumeScale(pairs[picture].Signal.Header, null, null);
            var reader = new BlockReader(pairs[picture].Signal, scale.Shape);
            var around = new Block(entries.Min(e => e.sample.Z), entries.Max(e => e.sample.Z) + 1, entries.Min(e => e.sample.Y), entries.Max(e => e.sample.Y) + 1, entries.Min(e => e.sample.X), entries.Max(e => e.sample.X) + 1);
            var plan = new BlockPlan(set, scale.Shape, around, scale.Size.Z / scale.Size.X, Classes.Count, run.Memory);
            foreach (var (slab, blocks) in plan.Slabs())
            {
                var inSlab = entries.Where(e => e.sample.Z >= slab.Z0 && e.sample.Z < slab.Z1).ToList();
                foreach (var block in inSlab.Count == 0 ? [] : blocks)
                {
                    var here = inSlab.Where(e => block.Contains(e.sample.Z, e.sample.Y, e.sample.X)).ToList();
                    if (here.Count == 0)
                    {
                        continue;
                    }

                    run.Progress.Report(new Step(0.2 * here[0].row / Samples.Count, $"Features of {Samples.Count} labelled pixels"));
                    var grown = block.Grown(scale.Shape, plan.Slices, plan.Pixels);
                    var shape = grown.Shape;
                    var (grey, missing) = (new float[shape.Count], new byte[shape.Count]);
                    await reader.ReadAsync(grown, grey, missing, ct);
                    int[] places = [.. here.Select(e => shape.Index(e.sample.Z - grown.Z0, e.sample.Y - grown.Y0, e.sample.X - grown.X0))];
                    lost.UnionWith(here.Where((_, i) => missing[places[i]] != 0).Select(e => e.row));
                    new FeatureBlock(set, shape, scale.Size.Z / scale.Size.X, options).Compute(grey, new SampleTarget(shape.Count, places, [.. here.Select(e => e.row)], values, Samples.Count));
                }
            }
        }

        Values = values;
        Drop(lost, set.Features.Count, run.Results);
        Hash = HashOf();
    }

    /// <summary>Values of some of the samples, feature after feature.</summary>
    public float[] Of(IReadOnlyList<int> rows)
    {
        var features = Values.Length / Samples.Count;
        var some = new float[(long)rows.Count * features];
        for (var f = 0; f < features; f++)
        {
            for (var i = 0; i < rows.Count; i++)
            {
                some[((long)f * rows.Count) + i] = Values[((long)f * Samples.Count) + rows[i]];
            }
        }

        return some;
    }

    private void Drop(HashSet<int> lost, int features, IResultSink results)
    {
        if (lost.Count == 0)
        {
            return;
        }

        results.Warn($"{lost.Count} of {Samples.Count} labelled pixels lie where the picture has no value and were left out.");
        int[] kept = [.. Enumerable.Range(0, Samples.Count).Where(row => !lost.Contains(row))];
        if (kept.Select(row => Samples[row].Class).Distinct().Count() < Classes.Count)
        {
            throw ProblemException.Invalid($"A class has no labelled pixel where the picture has a value: {lost.Count} of {Samples.Count} labelled pixels have none.");
        }

        var values = features > 0 ? Of(kept) : [];
        Sample[] samples = [.. kept.Select(row => Samples[row])];
        Samples.Clear();
        Samples.AddRange(samples);
        Values = values;
    }

    private string HashOf()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = new byte[20];
        foreach (var sample in Samples)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, sample.Picture);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), sample.Z);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), sample.Y);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), sample.X);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), Classes[sample.Class].Value);
            hash.AppendData(bytes);
        }

        hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(Values.AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task EachAsync(IReadOnlyList<(ISignal Signal, ISignal Labels)> pairs, Action<int, VolumeShape, long, int> found, CancellationToken ct)
    {
        for (var picture = 0; picture < pairs.Count; picture++)
        {
            var (signal, labels) = pairs[picture];
            if (!labels.Header.Shape.SequenceEqual(signal.Header.Shape))
            {
                throw ProblemException.Invalid(
                    $"The labels \"{labels.Header.Name}\" are {string.Join(" x ", labels.Header.Shape)}, the picture \"{signal.Header.Name}\" is {string.Join(" x ", signal.Header.Shape)}: both must have the same shape.");
            }

            var shape = new VolumeScale(signal.Header, null, null).Shape;
            var frame = new float[shape.Plane];
            for (var z = 0; z < shape.Depth; z++)
            {
                ct.ThrowIfCancellationRequested();
                await labels.ReadAsync(z, frame, ct);
                var whole = LabelFrame.Whole(frame, labels.Header);
                for (var i = 0; i < whole.Length; i++)
                {
                    if (whole[i] > 0)
                    {
                        found(picture, shape, ((long)z * shape.Plane) + i, whole[i]);
                    }
                }
            }
        }
    }
}
