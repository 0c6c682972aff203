using CryoHub.Imaging;

namespace CryoHub.Analyses.Spectra;

/// <summary>Values of the pixels of a spectrum image as a picture, of a line as a curve, of a single spectrum as a number; NaN is "no value".</summary>
internal sealed class PixelMaps(IResultSink results, SignalHeader header)
{
    /// <summary>Gives <paramref name="values"/>, with a second picture for <paramref name="errors"/> (one sigma), and the mean of an image or a line as a number.</summary>
    public async Task AddAsync(string name, float[] values, string unit, float[]? errors, CancellationToken ct)
    {
        await PlaneAsync(name, values, unit, errors, ct);
        if (header.Axes.Count == 1)
        {
            results.Number(name, values[0], unit, errors?[0]);
            return;
        }

        var (count, mean, spread) = Mean(values);
        if (count > 0)
        {
            results.Number($"{name}: mean of {count} pixels", mean, unit, count > 1 ? spread / Math.Sqrt(count) : errors?.FirstOrDefault(float.IsFinite));
        }
    }

    /// <summary>Gives <paramref name="values"/> without a number.</summary>
    public async Task PlaneAsync(string name, float[] values, string unit, float[]? errors, CancellationToken ct)
    {
        if (header.Axes.Count == 3)
        {
            await results.ImageAsync(name, Image(name, unit), values, ct);
            if (errors is not null)
            {
                await results.ImageAsync($"{name}: uncertainty", Image($"{name}: uncertainty", unit), errors, ct);
            }
        }
        else if (header.Axes.Count == 2)
        {
            var axis = header.Axes[0];
            double[] positions = [.. Enumerable.Range(0, values.Length).Select(i => axis.At(i))];
            results.Curve(name, positions, [.. values.Select(value => (double)value)], axis.IsCalibrated ? axis.Unit : "px", unit, errors is null ? default : [.. errors.Select(error => (double)error)]);
        }
    }

    private static (int Count, double Mean, double Spread) Mean(float[] values)
    {
        var (count, sum, squares) = (0, 0.0, 0.0);
        foreach (var value in values)
        {
            if (float.IsFinite(value))
            {
                count++;
                sum += value;
            }
        }

        var mean = sum / count;
        foreach (var value in values)
        {
            squares += float.IsFinite(value) ? (value - mean) * (value - mean) : 0;
        }

        return (count, mean, Math.Sqrt(squares / Math.Max(1, count - 1)));
    }

    private SignalHeader Image(string name, string unit) =>
        new(name, SignalKind.Image, PixelType.Float32, [header.Axes[0], header.Axes[1]], AcquisitionMetadata.None, MetadataTree.Empty) { ValueUnit = unit };
}
