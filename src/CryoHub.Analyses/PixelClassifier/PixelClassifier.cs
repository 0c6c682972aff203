using System.Text.Json.Nodes;
using CryoHub.Analyses.Volumes;
using CryoHub.Imaging;

namespace CryoHub.Analyses.PixelClassifier;

/// <summary>Learns from a few painted pixels what is what, and labels the rest.</summary>
public sealed class PixelClassifier : Analysis<PixelClassifierParameters>
{
    private static readonly SignalKind[] Pictures = [SignalKind.Image, SignalKind.ImageStack, SignalKind.Volume, SignalKind.Photo];
    private static readonly string[] Suffixes = ["", "-2", "-3", "-4"];

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "pixel-classifier",
        1,
        "Pixel classifier",
        "Trains a random forest on multi-scale features at painted pixels (0 = not painted), of up to four pictures, and labels an image, stack or volume: labels, probabilities, uncertainty, scores on held-out pixels, and the model as a file.",
        [
            .. Suffixes.SelectMany(suffix => new[] { new AnalysisInput("signal" + suffix, Pictures, Required: suffix.Length == 0), new AnalysisInput("labels" + suffix, Pictures, Required: false) }),
            new AnalysisInput("model", [SignalKind.Document], Required: false),
        ],
        typeof(PixelClassifierParameters),
        [
            "Breiman, Machine Learning 45 (2001) 5, doi:10.1023/A:1010933404324",
            "Berg et al., Nat. Methods 16 (2019) 1226, doi:10.1038/s41592-019-0582-9 (features at several scales and painted labels)",
            "Guo et al., Proc. ICML 70 (2017) 1321 (expected calibration error)",
        ])
    {
        HasPreview = true,
        Formula =
        [
            "Features at each scale s: Gaussian G(s); Laplacian, gradient magnitude and eigenvalues of the second derivatives of G(s) by differences of neighbours; G(s) - G(0.66 s); eigenvalues of the products of gradients of G(s), averaged by G(s/2). In three dimensions s is a length: pixels of the plane.",
            "Each tree: bootstrap of the labelled pixels; at each node the best split by Gini impurity of sqrt(features) features drawn at random; grown until pure. Probability: mean over the trees of the leaf's shares. Splits lie between 256 bins of about equally many training values.",
            "Uncertainty: entropy of the probabilities over that of an even split.",
            "Test: tiles of 32 px are held out, a first forest learns from the rest. IoU = both / either; calibration error = sum over ten bins of |right - stated| / pixels; uncertainties take tiles as what was drawn.",
        ],
        Limits =
        [
            "Held-out tiles come from the same pictures: another sample, dose or focus may do worse than the score says.",
            "Painted pixels are not a random sample: people paint what is clear, so scores flatter the difficult places.",
            "Pixels without a value count as 0 in the features of their neighbours.",
        ],
    };

    /// <inheritdoc/>
    public override Estimate Estimate(EstimateQuestion question)
    {
        const double secondsPerPixelAndFeature = 5e-9;
        const double secondsPerPixelAndTree = 8e-9;
        var parameters = (PixelClassifierParameters)question.Parameters;
        var set = FeatureSet.Of(parameters);
        var header = question.Input(Info, "signal");
        var pixels = (double)header.PixelCount / (parameters.Frame is null ? 1 : header.FrameCount);
        var seconds = (pixels * ((2 * set.Features.Count * secondsPerPixelAndFeature * (set.ThreeDimensional ? 4 : 1)) + (parameters.Trees * secondsPerPixelAndTree))) + (parameters.Trees * 0.05);
        return new Estimate(1 + seconds, Analyses.Estimate.Process + Math.Min(question.Memory, (long)(pixels * ((4 * (FeatureBlock.Planes(set) + 4)) + set.Features.Count + 20))));
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, PixelClassifierParameters parameters, CancellationToken ct)
    {
        var signal = run.Input(Info, "signal");
        var scale = new VolumeScale(signal.Header, null, null);
        var part = Part(scale, parameters);
        var model = await TrainedAsync(run, parameters, ct) ?? (run.Inputs.ContainsKey("model")
            ? await ClassifierModel.ReadAsync(run.Input(Info, "model"), ct)
            : throw ProblemException.Invalid("The pixel classifier needs an input \"labels\" to learn from or a \"model\"; found neither."));
        await new Prediction(run, model, parameters.Probabilities, ct).RunAsync(signal, part, scale);
    }

    private static Block Part(VolumeScale scale, PixelClassifierParameters parameters)
    {
        var shape = scale.Shape;
        var region = (parameters.Region ?? new Region { Width = shape.Width, Height = shape.Height }).Inside(shape.Width, shape.Height);
        return parameters.Frame is not { } frame
            ? new Block(0, shape.Depth, region.Y, region.Y + region.Height, region.X, region.X + region.Width)
            : frame < shape.Depth
                ? new Block(frame, frame + 1, region.Y, region.Y + region.Height, region.X, region.X + region.Width)
                : throw ProblemException.Invalid($"Frame {frame} does not exist: there are frames 0 to {shape.Depth - 1}.");
    }

    /// <summary>The model trained on all labels that were given; <c>null</c> where there are none.</summary>
    private async Task<ClassifierModel?> TrainedAsync(AnalysisRun run, PixelClassifierParameters parameters, CancellationToken ct)
    {
        var pairs = new List<(ISignal Signal, ISignal Labels)>();
        foreach (var suffix in Suffixes)
        {
            var (signal, labels) = (run.Inputs.ContainsKey("signal" + suffix), run.Inputs.ContainsKey("labels" + suffix));
            if (labels)
            {
                pairs.Add((run.Input(Info, "signal" + suffix), run.Input(Info, "labels" + suffix)));
            }
            else if (signal && suffix.Length > 0)
            {
                throw ProblemException.Invalid($"The picture \"signal{suffix}\" is there to learn from and needs its \"labels{suffix}\".");
            }
        }

        if (pairs.Count == 0)
        {
            return null;
        }

        var set = FeatureSet.Of(parameters);
        var options = run.Parallel(ct);
        var training = await TrainingSet.ReadAsync(pairs, parameters, ct);
        if (training.Samples.Count < training.Labelled)
        {
            run.Results.Warn($"{training.Samples.Count} of {training.Labelled} labelled pixels were drawn to learn from.");
        }

        await training.FillAsync(pairs, set, run, options, ct);
        run.Progress.Report(new Step(0.2, "Testing on held-out tiles"));
        var test = parameters.HeldOut > 0 ? HeldOutTest.Of(training, parameters, options, run.Results) : null;
        test?.Write(run.Results);
        run.Progress.Report(new Step(0.25, $"Growing {parameters.Trees} trees on {training.Samples.Count} pixels"));
        var (forest, bins) = ForestFit.Of(training.Values, [.. training.Samples.Select(sample => (byte)sample.Class)], training.Classes.Count, parameters.Trees, parameters.Seed, options);
        var model = new ClassifierModel(set, training.Classes, forest, bins, Record(training, parameters, test));
        run.Results.Number("Training pixels", training.Samples.Count, "");
        using var file = new MemoryStream(model.Write());
        await run.Results.FileAsync("model.json", "application/json", file, ct);
        return model;
    }

    private static JsonObject Record(TrainingSet training, PixelClassifierParameters parameters, HeldOutTest? test)
    {
        var record = new JsonObject
        {
            ["sha256"] = training.Hash,
            ["pixels"] = training.Samples.Count,
            ["labelledPixels"] = training.Labelled,
            ["trees"] = parameters.Trees,
            ["seed"] = parameters.Seed,
        };
        if (test is not null)
        {
            record["heldOutAccuracy"] = test.Accuracy;
            record["heldOutAccuracyUncertainty"] = test.AccuracyError;
            record["heldOutIoU"] = new JsonArray([.. test.Overlaps.Select(value => double.IsNaN(value) ? null : (JsonNode)JsonValue.Create(value))]);
        }

        return record;
    }
}
