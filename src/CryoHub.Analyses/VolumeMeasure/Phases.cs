using CryoHub.Analyses.Volumes;
using CryoHub.Imaging;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.VolumeMeasure;

/// <summary>The labels of all voxels, their names, and the grey values where both are given.</summary>
internal sealed class Phases
{
    private const int MostLabels = 16; // of a volume that is not said to hold labels

    private readonly Dictionary<int, string> names = [];

    private Phases(VolumeScale scale, int[] labels, float[]? grey)
    {
        (Scale, Labels, Grey) = (scale, labels, grey);
        foreach (var label in labels)
        {
            Counts[label] = Counts.GetValueOrDefault(label) + 1;
        }
    }

    public VolumeScale Scale { get; }

    public int[] Labels { get; }

    public float[]? Grey { get; }

    /// <summary>Voxels of each label.</summary>
    public SortedDictionary<int, long> Counts { get; } = [];

    public string Name(int label) => names.GetValueOrDefault(label, $"phase {label}");

    public byte[] Mask(int label)
    {
        var mask = new byte[Labels.Length];
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = Labels[i] == label ? (byte)1 : (byte)0;
        }

        return mask;
    }

    public static async Task<Phases> ReadAsync(ISignal? signal, ISignal? labels, VolumeMeasureParameters parameters, AnalysisRun run, CancellationToken ct)
    {
        var source = labels ?? signal!;
        var whole = new VolumeScale(source.Header, parameters.Voxel, parameters.SliceSpacing);
        if (labels is not null && signal is not null && !labels.Header.Shape.SequenceEqual(signal.Header.Shape))
        {
            throw ProblemException.Invalid(
                $"The labels \"{labels.Header.Name}\" are {string.Join(" x ", labels.Header.Shape)}, the volume \"{signal.Header.Name}\" is {string.Join(" x ", signal.Header.Shape)}: both must have the same shape.");
        }

        if (whole.Shape.Depth < 2 || whole.Shape.Height < 2 || whole.Shape.Width < 2)
        {
            throw ProblemException.Invalid($"Volumes are measured from 2 x 2 x 2 voxels on; \"{source.Header.Name}\" has {string.Join(" x ", source.Header.Shape)}.");
        }

        var box = (parameters.Box ?? new VolumeBox { Width = whole.Shape.Width, Height = whole.Shape.Height, Depth = whole.Shape.Depth }).Inside(whole.Shape);
        var scale = whole.Of(new VolumeShape(box.Depth, box.Height, box.Width));
        var values = await VolumeReader.ReadAsync(source, whole.Shape, box, run.Progress, 0.05, ct);
        VolumeReader.RequireValues(values, scale.Shape, $"\"{source.Header.Name}\"");
        if (labels is not null)
        {
            var grey = signal is null ? null : await VolumeReader.ReadAsync(signal, whole.Shape, box, run.Progress, 0.05, ct);
            return Named(new Phases(scale, Whole(values, source.Header), grey), source.Header);
        }

        return parameters.Threshold is null && IsLabelled(values, source.Header)
            ? Named(new Phases(scale, Whole(values, source.Header), null), source.Header)
            : Parted(scale, values, source.Header, parameters.Threshold);
    }

    private static Phases Named(Phases phases, SignalHeader header)
    {
        foreach (var label in header.Labels ?? [])
        {
            phases.names[label.Value] = label.Name;
        }

        return phases;
    }

    private static Phases Parted(VolumeScale scale, float[] values, SignalHeader header, double? wanted)
    {
        var histogram = new GreyHistogram(values);
        if (wanted is null && histogram.Filled < 2)
        {
            throw ProblemException.Invalid($"All voxels of \"{header.Name}\" have the value {histogram.Low:g6}: there is no threshold between phases.");
        }

        var threshold = wanted ?? Found(histogram, header, scale);
        if (header.Pixel == PixelType.UInt8 && values.Count(value => value is 0 or 255) is var ends && ends > 0.01 * values.Length)
        {
            scale.Warnings.Add($"{100.0 * ends / values.Length:0.#} % of the voxels have the ends of the 8-bit scale, 0 or 255: the grey values are saturated.");
        }

        if (wanted is not null)
        {
            scale.Warnings.Add($"Phase 1 is what has at least {threshold:g6}.");
        }

        var phases = new Phases(scale, [.. values.Select(value => wanted is null ? (value > threshold ? 1 : 0) : (value >= threshold ? 1 : 0))], values);
        (phases.names[0], phases.names[1]) = ("below the threshold", "above the threshold");
        return phases;
    }

    /// <summary>Otsu's threshold, or the bottom of the valley where one class is so small that Otsu's lies within the other's peak.</summary>
    /// <exception cref="ProblemException">There is no valley.</exception>
    private static double Found(GreyHistogram histogram, SignalHeader header, VolumeScale scale)
    {
        var otsu = histogram.Otsu(2)[0];
        var valley = histogram.Valley(otsu);
        if (valley.Depth > GreyHistogram.Shallow)
        {
            throw ProblemException.Invalid(
                $"The grey values of \"{header.Name}\" have no two modes (between two peaks the histogram falls to no less than {100 * valley.Depth:0} % of the lower one): a threshold found from them would cut a ramp or a single peak somewhere. Give \"threshold\", or segment the volume first and give \"labels\".");
        }

        scale.Warnings.Add(valley.Parts
            ? $"No labels and no threshold were given: Otsu's threshold {otsu:g6} parts the grey values; phase 1 is above it."
            : $"No labels and no threshold were given: the valley of the histogram at {valley.At:g6} parts the grey values, as Otsu's threshold {otsu:g6} lies within a peak; phase 1 is above it.");
        return valley.Parts ? otsu : valley.At;
    }

    private static bool IsLabelled(float[] values, SignalHeader header)
    {
        if (header.Labels is not null)
        {
            return true;
        }

        var seen = new HashSet<float>();
        foreach (var value in values)
        {
            if (value < 0 || value != MathF.Floor(value) || (seen.Add(value) && seen.Count > MostLabels))
            {
                return false;
            }
        }

        return true;
    }

    private static int[] Whole(float[] values, SignalHeader header)
    {
        var wrong = Array.FindIndex(values, value => value != MathF.Floor(value) || value is < 0 or > 1 << 24);
        return wrong < 0
            ? [.. values.Select(value => (int)value)]
            : throw ProblemException.Invalid($"Labels are whole numbers from 0 to {1 << 24}; \"{header.Name}\" holds {values[wrong]:g6} ({header.Pixel.Name()}). Give it as \"signal\" with a threshold.");
    }
}
