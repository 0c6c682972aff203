using System.Globalization;
using System.Runtime.InteropServices;
using CryoHub.Analyses.Volumes;
using CryoHub.Imaging;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.VolumeSegment;

/// <summary>Labels an image, a stack or a volume by a chain of steps that can be kept and run on others.</summary>
public sealed class VolumeSegment : Analysis<VolumeSegmentParameters>
{
    private const int MostClasses = 64;
    private const int MostMargin = 4;

    private static readonly string[] Palette = ["#4c78a8", "#f58518", "#54a24b", "#e45756", "#72b7b2", "#eeca3b", "#b279a2", "#ff9da6", "#9d755d", "#bab0ac"];

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "volume-segment",
        1,
        "Segment a volume",
        "Filters, thresholds, watershed, random walker and clean-up as a chain of steps: labels with names and colours, class fractions, and a recipe for other volumes.",
        [
            new AnalysisInput("signal", [SignalKind.Volume, SignalKind.ImageStack, SignalKind.Image, SignalKind.Photo]),
            new AnalysisInput("recipe", [SignalKind.Document], Required: false),
        ],
        typeof(VolumeSegmentParameters),
        [
            "Otsu, IEEE Trans. SMC 9 (1979) 62, doi:10.1109/TSMC.1979.4310076",
            "Buades, Coll and Morel, Multiscale Model. Simul. 4 (2005) 490, doi:10.1137/040616024 (non-local means)",
            "Perona and Malik, IEEE Trans. PAMI 12 (1990) 629, doi:10.1109/34.56205 (anisotropic diffusion)",
            "Meyer, Signal Processing 38 (1994) 113, doi:10.1016/0165-1684(94)90060-4 (watershed)",
            "Grady, IEEE Trans. PAMI 28 (2006) 1768, doi:10.1109/TPAMI.2006.233 (random walker)",
        ])
    {
        HasPreview = true,
        Formula =
        [
            "Thresholds of Otsu maximise the variance between classes of a histogram of 256 bins; class 0 is the darkest and counts as without label.",
            "Opening, closing, erosion and dilation take balls of all voxels up to the radius away; the volume's border erodes nothing.",
            "Watershed and random walker grow from markers: grey values up to low are surely background, those from high on surely the object.",
            "Uncertainty of a class fraction: half the difference between the class one voxel smaller and one voxel larger.",
        ],
        Limits =
        [
            "A slice's preview sees its neighbours only: thresholds that are found from the histogram may differ a little from the whole volume's.",
            "Lengths of the steps are in voxels, also where voxels are not cubes.",
        ],
    };

    /// <inheritdoc/>
    public override Estimate Estimate(EstimateQuestion question)
    {
        const double secondsPerVoxelAndStep = 1e-7;
        var parameters = (VolumeSegmentParameters)question.Parameters;
        double voxels = parameters.Box is { } box ? (double)box.Width * box.Height * box.Depth : question.Input(Info, "signal").PixelCount;
        return new Estimate(1 + (voxels * secondsPerVoxelAndStep * (3 + parameters.Steps.Count)), Analyses.Estimate.Process + (long)(voxels * 40));
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, VolumeSegmentParameters parameters, CancellationToken ct)
    {
        var signal = run.Input(Info, "signal");
        if (run.Inputs.TryGetValue("recipe", out var recipe))
        {
            parameters = await Recipe.ReadAsync(run.Input(Info, "recipe"), Info, parameters, ct);
        }

        if (parameters.Steps.Count == 0)
        {
            throw ProblemException.Invalid("A segmentation needs at least one step, found none.");
        }

        var whole = new VolumeScale(signal.Header, parameters.Voxel, parameters.SliceSpacing);
        var (box, shown) = BoxOf(whole, parameters);
        var scale = whole.Of(new VolumeShape(box.Depth, box.Height, box.Width));
        var grey = await VolumeReader.ReadAsync(signal, whole.Shape, box, run.Progress, 0.1, ct);
        VolumeReader.RequireValues(grey, scale.Shape, $"\"{signal.Header.Name}\"");
        scale.Warnings.ForEach(run.Results.Warn);
        WarnOfSaturation(run.Results, signal.Header, grey);
        var work = new VolumeWork(scale.Shape, run.Parallel(ct));
        var segmentation = new Segmentation(work, grey, ct);
        for (var i = 0; i < parameters.Steps.Count; i++)
        {
            run.Progress.Report(new Step(0.1 + (0.7 * i / parameters.Steps.Count), $"Step {i + 1} of {parameters.Steps.Count}: {parameters.Steps[i].Step}"));
            segmentation.Do(parameters.Steps[i], i + 1);
        }

        var labels = segmentation.Labels ?? throw ProblemException.Invalid("No step makes labels: add a threshold, Otsu, watershed or random walker.");
        await WriteAsync(run, work, scale, parameters, segmentation, labels, shown, ct);
    }

    private static (VolumeBox Box, int? Shown) BoxOf(VolumeScale whole, VolumeSegmentParameters parameters)
    {
        var box = (parameters.Box ?? new VolumeBox { Width = whole.Shape.Width, Height = whole.Shape.Height, Depth = whole.Shape.Depth }).Inside(whole.Shape);
        if (parameters.Slice is not { } slice)
        {
            return (box, null);
        }

        if (slice < box.Z || slice >= box.Z + box.Depth)
        {
            throw ProblemException.Invalid($"Slice {slice} does not exist: there are slices {box.Z} to {box.Z + box.Depth - 1}.");
        }

        var margin = parameters.Steps.Max(Margin);
        var (first, last) = (Math.Max(box.Z, slice - margin), Math.Min(box.Z + box.Depth - 1, slice + margin));
        return (box with { Z = first, Depth = last - first + 1 }, slice - first);
    }

    /// <summary>Neighbours on either side that a step sees when it is tried on one slice: what lies further hardly changes it, and would be waited for.</summary>
    private static int Margin(SegmentStep step) => step.Step switch
    {
        SegmentStepKind.Gaussian or SegmentStepKind.Background or SegmentStepKind.LocalThreshold or SegmentStepKind.Watershed => (int)Math.Clamp(Math.Ceiling(2 * step.Sigma), 1, MostMargin),
        SegmentStepKind.Threshold or SegmentStepKind.Otsu or SegmentStepKind.Invert => 0,
        SegmentStepKind.Median or SegmentStepKind.Hysteresis or SegmentStepKind.RandomWalker or SegmentStepKind.Components or SegmentStepKind.FillHoles or SegmentStepKind.RemoveSmall or SegmentStepKind.KeepLargest => 2,
        SegmentStepKind.Diffusion => Math.Min(step.Iterations, MostMargin),
        _ => Math.Min(step.Radius, MostMargin),
    };

    private static void WarnOfSaturation(IResultSink results, SignalHeader header, float[] grey)
    {
        if (header.Pixel == PixelType.UInt8 && grey.Count(value => value == 255) is var ends && ends > 0.01 * grey.Length)
        {
            results.Warn($"{100.0 * ends / grey.Length:0.#} % of the voxels have the highest 8-bit value, 255: the grey values are saturated.");
        }
    }

    private async Task WriteAsync(
        AnalysisRun run, VolumeWork work, VolumeScale scale, VolumeSegmentParameters parameters, Segmentation segmentation, int[] labels, int? shown, CancellationToken ct)
    {
        run.Progress.Report(new Step(0.85, "Writing the labels"));
        var shape = scale.Shape;
        segmentation.Warnings.ForEach(run.Results.Warn);
        foreach (var (name, value) in segmentation.Thresholds)
        {
            run.Results.Number(name, value, scale.Header.ValueUnit);
        }

        if (shown is { } slice)
        {
            var plane = labels.AsSpan(slice * shape.Plane, shape.Plane).ToArray();
            var title = $"Labels, slice {parameters.Slice}";
            ListClasses(run.Results, plane, parameters);
            await run.Results.ImageAsync(title, scale.Result(title, PixelType.Float32, slice: true), Array.ConvertAll(plane, label => (float)label), ct);
            return;
        }

        var present = Count(labels);
        LabelClass[] classes = [.. present.Keys.Union(parameters.Labels.Select(text => text.Label)).Order().Select(label => Class(label, parameters))];
        Summarise(run.Results, work, labels, present, classes);
        var pixel = LabelBytes.For(present.Keys.Max());
        await using (var volume = await run.Results.VolumeAsync("Labels", scale.Result("Labels", pixel) with { Labels = classes }, ct))
        {
            await volume.WriteSlabAsync(0, LabelBytes.Of(labels, pixel), ct);
        }

        await WriteMrcAsync(run.Results, scale, labels, ct);
        using var file = new MemoryStream(Recipe.Write(Info, parameters));
        await run.Results.FileAsync("recipe.json", "application/json", file, ct);
    }

    /// <summary>The labels once more as a file that other programs, and a later run at a terminal, read.</summary>
    private static async Task WriteMrcAsync(IResultSink results, VolumeScale scale, int[] labels, CancellationToken ct)
    {
        await using var file = Scratch.File();
        await using (var mrc = new MrcFile(file, scale.Result("Labels", PixelType.Float32)))
        {
            await mrc.WriteSlabAsync(0, MemoryMarshal.AsBytes(Array.ConvertAll(labels, label => (float)label).AsSpan()).ToArray(), ct);
        }

        await results.FileAsync("labels.mrc", "application/x-mrc", file, ct);
    }

    /// <summary>How many voxels have each label, by label.</summary>
    private static SortedDictionary<int, long> Count(int[] labels)
    {
        var (present, from) = (new SortedDictionary<int, long>(), 0);
        for (var i = 1; i <= labels.Length; i++)
        {
            if (i == labels.Length || labels[i] != labels[from]) // runs: neighbours are mostly alike
            {
                present[labels[from]] = present.GetValueOrDefault(labels[from]) + i - from;
                from = i;
            }
        }

        return present;
    }

    /// <summary>What a slice's labels are called and how they are drawn.</summary>
    private static void ListClasses(IResultSink results, int[] plane, VolumeSegmentParameters parameters)
    {
        var present = Count(plane);
        LabelClass[] classes = [.. present.Keys.Take(MostClasses).Select(label => Class(label, parameters))];
        results.Table("Classes", [
            new Column("Label", "", [.. classes.Select(item => (object)(double)item.Value)]),
            new Column("Name", "", [.. classes.Select(item => (object)item.Name)]),
            new Column("Colour", "", [.. classes.Select(item => (object)item.Colour)]),
            new Column("Fraction", "", [.. classes.Select(item => (object)(present[item.Value] / (double)plane.Length))]),
        ]);
    }

    /// <summary>Fractions of up to 64 classes; numbered objects are too many to be classes.</summary>
    private static void Summarise(IResultSink results, VolumeWork work, int[] labels, SortedDictionary<int, long> present, LabelClass[] classes)
    {
        results.Number("Labels", present.Keys.Count(label => label != 0), "");
        if (present.Count > MostClasses)
        {
            results.Number("Share with a label", 1 - (present.GetValueOrDefault(0) / (double)labels.Length), "");
            results.Warn($"{present.Count} labels are numbered objects, not classes: their fractions are not listed. Measure the volume for a table of them.");
            return;
        }

        var found = classes.Where(item => present.ContainsKey(item.Value)).ToArray();
        double[] fractions = [.. found.Select(item => present[item.Value] / (double)labels.Length)];
        double[] errors = [.. found.Select(item => work.FractionError(Array.ConvertAll(labels, label => label == item.Value ? (byte)1 : (byte)0)))];
        for (var i = 0; i < found.Length; i++)
        {
            results.Number($"Fraction of {found[i].Name}", fractions[i], "", errors[i]);
        }

        results.Table("Classes", [
            new Column("Label", "", [.. found.Select(item => (object)(double)item.Value)]),
            new Column("Name", "", [.. found.Select(item => (object)item.Name)]),
            new Column("Colour", "", [.. found.Select(item => (object)item.Colour)]),
            new Column("Voxels", "", [.. found.Select(item => (object)(double)present[item.Value])]),
            new Column("Fraction", "", [.. fractions.Select(value => (object)value)]),
            new Column("Fraction uncertainty", "", [.. errors.Select(value => (object)value)]),
        ]);
    }

    private static LabelClass Class(int label, VolumeSegmentParameters parameters)
    {
        var text = parameters.Labels.FirstOrDefault(text => text.Label == label);
        var colour = text is { Colour.Length: > 0 } ? text.Colour : label == 0 ? "#000000" : Palette[(label - 1) % Palette.Length];
        if (colour is not ['#', _, _, _, _, _, _] || !int.TryParse(colour.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _))
        {
            throw ProblemException.Invalid($"The colour of label {label} must look like #2a9d8f, found \"{colour}\".");
        }

        return new LabelClass(label, text?.Name is { Length: > 0 } name ? name : $"class {label}", colour);
    }
}
