using CryoHub.Analyses.Volumes;
using CryoHub.Imaging;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.VolumeSegment;

/// <summary>Grey values and labels on their way through the steps.</summary>
internal sealed class Segmentation(VolumeWork work, float[] grey, CancellationToken ct)
{
    private const int Patch = 1;
    private const double WalkerBeta = 130;

    private readonly LabelSteps labelSteps = new(work);
    private float[] grey = grey;
    private int[]? labels;

    /// <summary>The labels; <c>null</c> before a step has made some.</summary>
    public int[]? Labels => labels;

    /// <summary>Grey values that steps have found, with the step's number and name.</summary>
    public List<(string Name, double Value)> Thresholds { get; } = [];

    /// <summary>What is doubtful about them.</summary>
    public List<string> Warnings { get; } = [];

    public float[] Grey => grey;

    /// <summary>Does step <paramref name="number"/> (from 1).</summary>
    /// <exception cref="ProblemException">A number is missing or wrong, or there are no labels yet.</exception>
    public void Do(SegmentStep step, int number)
    {
        ct.ThrowIfCancellationRequested();
        switch (step.Step)
        {
            case SegmentStepKind.Gaussian: grey = work.Gaussian(grey, step.Sigma); break;
            case SegmentStepKind.Median: grey = work.Median(grey); break;
            case SegmentStepKind.NonLocalMeans: grey = NonLocal(step); break;
            case SegmentStepKind.Diffusion: grey = Diffused(step); break;
            case SegmentStepKind.GreyOpening: grey = Extremum(Extremum(grey, step.Radius, false), step.Radius, true); break;
            case SegmentStepKind.GreyClosing: grey = Extremum(Extremum(grey, step.Radius, true), step.Radius, false); break;
            case SegmentStepKind.Background: grey = Difference(grey, work.Gaussian(grey, step.Sigma)); break;
            case SegmentStepKind.Threshold: labels = Between(step, number); break;
            case SegmentStepKind.Otsu: labels = Otsu(step.Classes, number); break;
            case SegmentStepKind.Hysteresis: labels = Hysteresis(step, number); break;
            case SegmentStepKind.LocalThreshold: labels = Local(step); break;
            case SegmentStepKind.Watershed: labels = Flooded(step, number); break;
            case SegmentStepKind.RandomWalker: labels = Walked(step, number); break;
            default: labels = labelSteps.Do(step, labels ?? throw ProblemException.Invalid($"Step {number} ({step.Step}) changes labels, but no step before it makes any: a threshold, Otsu, watershed or random walker must come first.")); break;
        }
    }

    private static float[] Difference(float[] a, float[] b) => [.. a.Zip(b, (x, y) => x - y)];

    private float[] NonLocal(SegmentStep step)
    {
        var noise = Noise();
        var result = new float[grey.Length];
        work.Slabs((first, count) => NonLocalMeans.Slab(
            grey, work.Shape, Patch, step.Radius, Math.Max(1e-12, (step.Strength ?? 0.8) * noise), noise, first, count, result.AsSpan(first * work.Shape.Plane, count * work.Shape.Plane)));
        return result;
    }

    private float[] Diffused(SegmentStep step)
    {
        var edge = (float)Math.Max(1e-12, (step.Strength ?? 3) * Noise());
        var (from, to) = ((float[])grey.Clone(), new float[grey.Length]);
        var time = 1f / ((2 * work.Shape.Dimensions) + 1);
        for (var i = 0; i < step.Iterations; i++)
        {
            ct.ThrowIfCancellationRequested();
            var (source, target) = (from, to);
            work.Slabs((first, count) => AnisotropicDiffusion.Step(source, work.Shape, edge, time, first, count, target.AsSpan(first * work.Shape.Plane, count * work.Shape.Plane)));
            (from, to) = (to, from);
        }

        return from;
    }

    /// <summary>Standard deviation of the noise from the median of what neighbours along x differ (Donoho's rule): edges are few and do not count.</summary>
    private double Noise()
    {
        var stride = Math.Max(1, grey.Length / 1_000_000);
        var differences = new List<float>();
        for (var i = 1; i < grey.Length; i += stride)
        {
            if (i % work.Shape.Width > 0)
            {
                differences.Add(Math.Abs(grey[i] - grey[i - 1]));
            }
        }

        differences.Sort();
        return differences.Count == 0 ? 0 : differences[differences.Count / 2] / 0.6745 / Math.Sqrt(2);
    }

    private float[] Extremum(float[] volume, int radius, bool highest)
    {
        var result = new float[volume.Length];
        work.Slabs((first, count) => BoxExtremum.Slab(volume, work.Shape, radius, highest, first, count, result.AsSpan(first * work.Shape.Plane, count * work.Shape.Plane)));
        return result;
    }

    private int[] Between(SegmentStep step, int number)
    {
        if (step.Low is null && step.High is null)
        {
            throw ProblemException.Invalid($"Step {number} (threshold) needs \"low\", \"high\" or both; found neither.");
        }

        var (low, high) = (step.Low ?? double.NegativeInfinity, step.High ?? double.PositiveInfinity);
        return low <= high ? work.Map(grey, value => value >= low && value <= high ? 1 : 0) : throw Order(step, number);
    }

    private int[] Otsu(int classes, int number)
    {
        var histogram = new GreyHistogram(grey);
        if (histogram.Filled < classes)
        {
            throw ProblemException.Invalid($"Step {number} (Otsu) wants {classes} classes; the grey values from {histogram.Low:g6} to {histogram.High:g6} fill {histogram.Filled} of 256 bins.");
        }

        var thresholds = histogram.Otsu(classes);
        if (thresholds.Length == 1 && histogram.Filled > 2 && histogram.Valley(thresholds[0]) is { Parts: false } valley)
        {
            Warnings.Add(valley.Depth > GreyHistogram.Shallow
                ? $"Step {number} (Otsu): the grey values have no two modes; the threshold cuts a ramp or a single peak. Take off the background first, or give a threshold."
                : $"Step {number} (Otsu): one class is so small that the threshold {thresholds[0]:g6} lies within the other's peak; the histogram's valley is at {valley.At:g6}, to be given as a threshold.");
        }

        for (var i = 0; i < thresholds.Length; i++)
        {
            Thresholds.Add((thresholds.Length == 1 ? $"Otsu threshold, step {number}" : $"Otsu threshold {i + 1}, step {number}", thresholds[i]));
        }

        return work.Map(grey, value =>
        {
            var label = 0;
            while (label < thresholds.Length && value > thresholds[label])
            {
                label++;
            }

            return label;
        });
    }

    private int[] Hysteresis(SegmentStep step, int number)
    {
        var (low, high) = Both(step, number);
        var components = work.Components(work.Map(grey, value => value >= low ? (byte)1 : (byte)0), step.Neighbours);
        var reached = components.Holding(work.Map(grey, value => value >= high ? (byte)1 : (byte)0));
        return work.Map(work.Keep(components, reached), value => (int)value);
    }

    private int[] Local(SegmentStep step)
    {
        var around = work.Gaussian(grey, step.Sigma);
        return [.. grey.Zip(around, (value, mean) => value > mean + step.Offset ? 1 : 0)];
    }

    /// <summary>Markers 1 (background) and 2 (object) grow over the gradient, in 65,535 levels; label 0 and 1 come out.</summary>
    private int[] Flooded(SegmentStep step, int number)
    {
        var markers = Markers(step, number);
        var smooth = step.Sigma > 0 ? work.Gaussian(grey, step.Sigma) : grey;
        Watershed.Flood(Gradient.Levels(work, smooth), [.. Enumerable.Repeat((byte)1, grey.Length)], work.Shape, markers);
        return work.Map(markers, label => label == 2 ? 1 : 0);
    }

    private int[] Walked(SegmentStep step, int number) => new RandomWalker(work).Walk(grey, Markers(step, number), step.Strength ?? WalkerBeta, ct);

    private int[] Markers(SegmentStep step, int number)
    {
        var (low, high) = Both(step, number);
        var markers = work.Map(grey, value => value <= low ? 1 : value >= high ? 2 : 0);
        return markers.Contains(1) && markers.Contains(2)
            ? markers
            : throw ProblemException.Invalid($"Step {number} ({step.Step}) finds no voxels {(markers.Contains(1) ? $"from {high:g6} on" : $"up to {low:g6}")}; grey values run from {grey.Min():g6} to {grey.Max():g6}.");
    }

    private static (double Low, double High) Both(SegmentStep step, int number)
    {
        var (low, high) = (step.Low, step.High) is ({ } a, { } b) ? (a, b) : throw ProblemException.Invalid($"Step {number} ({step.Step}) needs \"low\" and \"high\"; found {step.Low?.ToString() ?? "nothing"} and {step.High?.ToString() ?? "nothing"}.");
        return low <= high ? (low, high) : throw Order(step, number);
    }

    private static ProblemException Order(SegmentStep step, int number) => ProblemException.Invalid($"Step {number} ({step.Step}): \"low\" {step.Low} is above \"high\" {step.High}.");
}
