using CryoHub.Analyses.Volumes;
using CryoHub.Imaging;

namespace CryoHub.Analyses.PixelClassifier;

/// <summary>Predicts a signal block by block and writes labels, probabilities and uncertainty slab by slab.</summary>
internal sealed class Prediction(AnalysisRun run, ClassifierModel model, bool probabilities, CancellationToken ct)
{
    private const int Window = 32; // pixels of a place to annotate next
    private const int Places = 10;

    private readonly List<(double Uncertainty, int X, int Y, int Z)> unsure = [];
    private readonly ParallelOptions options = run.Parallel(ct);
    private readonly long[] counts = new long[model.Classes.Count];
    private double entropies;
    private long known;

    public async Task RunAsync(ISignal signal, Block part, VolumeScale scale)
    {
        var (kinds, alongZ) = (model.Classes.Count, scale.Size.Z / scale.Size.X);
        var plan = new BlockPlan(model.Set, scale.Shape, part, alongZ, kinds, run.Memory);
        var reader = new BlockReader(signal, scale.Shape);
        var pixel = LabelBytes.For(model.Classes.Max(item => item.Value));
        var outputs = new List<IVolumeWriter>();
        try
        {
            outputs.Add(await run.Results.VolumeAsync("Labels", Header(signal.Header, part, "Labels", pixel) with { Labels = [new LabelClass(0, "no value", "#000000"), .. model.Classes] }, ct));
            foreach (var name in probabilities ? model.Classes.Select(item => $"Probability of {item.Name}").Append("Uncertainty") : [])
            {
                outputs.Add(await run.Results.VolumeAsync(name, Header(signal.Header, part, name, PixelType.Float32), ct));
            }

            foreach (var (slab, blocks) in plan.Slabs())
            {
                run.Progress.Report(new Step(0.3 + (0.7 * (slab.Z0 - part.Z0) / part.Shape.Depth), $"Slice {slab.Z0 - part.Z0 + 1} of {part.Shape.Depth}"));
                var votes = new float[(long)slab.Shape.Count * kinds];
                foreach (var block in blocks)
                {
                    await PredictAsync(reader, plan, slab, block, alongZ, votes);
                }

                await WriteAsync(outputs, slab, part, votes, pixel);
            }
        }
        finally
        {
            foreach (var output in outputs)
            {
                await output.DisposeAsync();
            }
        }

        Summarise(part, scale);
    }

    /// <summary>Axes of the part; a single frame of a stack is an image.</summary>
    private static SignalHeader Header(SignalHeader from, Block part, string name, PixelType pixel)
    {
        var y = from.Axes[^2] with { Size = part.Shape.Height, Origin = from.Axes[^2].Origin + (part.Y0 * from.Axes[^2].Step) };
        var x = from.Axes[^1] with { Size = part.Shape.Width, Origin = from.Axes[^1].Origin + (part.X0 * from.Axes[^1].Step) };
        var whole = from.Axes.Count == 3 && part.Z0 == 0 && part.Z1 == from.Axes[0].Size;
        return new SignalHeader(name, whole ? from.Kind : SignalKind.Image, pixel, whole ? [from.Axes[0], y, x] : [y, x], AcquisitionMetadata.None, MetadataTree.Empty);
    }

    private async Task PredictAsync(BlockReader reader, BlockPlan plan, Block slab, Block block, double alongZ, float[] votes)
    {
        var grown = block.Grown(reader.Shape, plan.Slices, plan.Pixels);
        var (grey, missing) = (new float[grown.Shape.Count], new byte[grown.Shape.Count]);
        await reader.ReadAsync(grown, grey, missing, ct);
        var target = new BinTarget(model.Bins, block, grown, options);
        new FeatureBlock(model.Set, grown.Shape, alongZ, options).Compute(grey, target);
        var (inner, outer, whole, kinds, features) = (block.Shape, grown.Shape, slab.Shape, model.Classes.Count, model.Set.Features.Count);
        Parallel.For(0, inner.Rows, options, row =>
        {
            var (z, y) = (row / inner.Height, row % inner.Height);
            var to = votes.AsSpan(whole.Index(z, y + block.Y0 - slab.Y0, 0) * kinds, inner.Width * kinds);
            model.Forest.Predict(target.Bytes.AsSpan(row * inner.Width * features, inner.Width * features), to);
            var at = outer.Index(z + block.Z0 - grown.Z0, y + block.Y0 - grown.Y0, block.X0 - grown.X0);
            for (var x = 0; x < inner.Width; x++)
            {
                if (missing[at + x] != 0)
                {
                    to.Slice(x * kinds, kinds).Fill(float.NaN);
                }
            }
        });
    }

    private async Task WriteAsync(List<IVolumeWriter> outputs, Block slab, Block part, float[] votes, PixelType pixel)
    {
        var (pixels, kinds) = (slab.Shape.Count, model.Classes.Count);
        var labels = new int[pixels];
        var uncertainty = new float[pixels];
        for (var i = 0; i < pixels; i++)
        {
            var shares = votes.AsSpan(i * kinds, kinds);
            uncertainty[i] = Entropy(shares);
            if (!float.IsNaN(uncertainty[i]))
            {
                var best = shares.IndexOf(Max(shares));
                counts[best]++;
                known++;
                entropies += uncertainty[i];
                labels[i] = model.Classes[best].Value;
            }
        }

        var first = slab.Z0 - part.Z0;
        await outputs[0].WriteSlabAsync(first, LabelBytes.Of(labels, pixel), ct);
        for (var k = 1; k < outputs.Count; k++)
        {
            var plane = k <= kinds ? new float[pixels] : uncertainty;
            for (var i = 0; k <= kinds && i < pixels; i++)
            {
                plane[i] = votes[(i * kinds) + k - 1];
            }

            await outputs[k].WriteSlabAsync(first, new FloatBytes(plane).Memory, ct);
        }

        Remember(uncertainty, slab);
    }

    private void Remember(float[] uncertainty, Block slab)
    {
        var shape = slab.Shape;
        for (var z = 0; z < shape.Depth; z++)
        {
            for (var y = 0; y < shape.Height; y += Window)
            {
                for (var x = 0; x < shape.Width; x += Window)
                {
                    var (sum, count) = (0.0, 0);
                    for (var v = y; v < Math.Min(y + Window, shape.Height); v++)
                    {
                        for (var u = x; u < Math.Min(x + Window, shape.Width); u++)
                        {
                            var value = uncertainty[shape.Index(z, v, u)];
                            (sum, count) = float.IsNaN(value) ? (sum, count) : (sum + value, count + 1);
                        }
                    }

                    if (count >= Window * Window / 4)
                    {
                        unsure.Add((sum / count, slab.X0 + Math.Min(x + (Window / 2), shape.Width - 1), slab.Y0 + Math.Min(y + (Window / 2), shape.Height - 1), slab.Z0 + z));
                    }
                }
            }
        }

        unsure.Sort((a, b) => b.Uncertainty.CompareTo(a.Uncertainty));
        unsure.RemoveRange(Math.Min(Places, unsure.Count), Math.Max(0, unsure.Count - Places));
    }

    private void Summarise(Block part, VolumeScale scale)
    {
        if (known == 0)
        {
            run.Results.Warn("No pixel of the picture has a value, so none has a label.");
            return;
        }

        run.Results.Number("Mean uncertainty (entropy, 0 to 1)", entropies / known, "");
        for (var k = 0; k < counts.Length; k++)
        {
            run.Results.Number($"Fraction of {model.Classes[k].Name}", counts[k] / (double)known, "");
        }

        if (known < part.Shape.Count)
        {
            run.Results.Warn($"{part.Shape.Count - known} of {part.Shape.Count} pixels have no value: they got label 0 and no probability; beside them features count them as 0.");
        }

        run.Results.Table("Annotate here next", [
            new Column("x", "px", [.. unsure.Select(place => (object)(double)place.X)]),
            new Column("y", "px", [.. unsure.Select(place => (object)(double)place.Y)]),
            new Column(scale.IsImage ? "frame" : "z", "px", [.. unsure.Select(place => (object)(double)place.Z)]),
            new Column("Mean uncertainty", "", [.. unsure.Select(place => (object)place.Uncertainty)]),
        ]);
    }

    /// <summary>Entropy of the shares over that of an even split; NaN where there is no value.</summary>
    private static float Entropy(ReadOnlySpan<float> shares)
    {
        var sum = 0.0;
        foreach (var share in shares)
        {
            sum -= share == 0 ? 0 : share * Math.Log(share); // NaN stays NaN
        }

        return (float)(sum / Math.Log(shares.Length));
    }

    private static float Max(ReadOnlySpan<float> shares)
    {
        var most = shares[0];
        foreach (var share in shares)
        {
            most = Math.Max(most, share);
        }

        return most;
    }
}
