using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Eels.Align;

/// <summary>The energy axis that all pixels share after alignment, and by how many channels each is moved to it.</summary>
internal sealed class AlignedAxis
{
    private readonly SpectrumCube cube;
    private readonly double[] shifts; // shifted(i) = spectrum(i + shift)
    private readonly ShiftInterpolation interpolation;
    private readonly int first;

    /// <param name="cube">What is moved: the side that holds the zero loss, or the other of a dual pair.</param>
    /// <param name="positions">Where each pixel's zero loss lies, in eV.</param>
    /// <param name="reference">Where it will lie before the axis is calibrated.</param>
    /// <param name="parameters">Interpolation, cropping, calibration.</param>
    /// <exception cref="ProblemException">After cropping nothing would be left.</exception>
    public AlignedAxis(SpectrumCube cube, float[] positions, double reference, EelsAlignParameters parameters)
    {
        (this.cube, interpolation) = (cube, parameters.Interpolation);
        shifts = [.. positions.Select(position => Shift((position - reference) / cube.Step))];
        double[] moved = [.. shifts.Where(double.IsFinite)];
        (first, var end) = parameters.Crop
            ? ((int)Math.Ceiling(Math.Max(0, -moved.Min())), (int)Math.Floor(cube.Channels - 1 - Math.Max(0, moved.Max())) + 1)
            : (0, cube.Channels);
        Channels = end - first > 1
            ? end - first
            : throw ProblemException.Invalid(FormattableString.Invariant($"The pixels' zero losses lie up to {(moved.Max() - moved.Min()) * cube.Step:0.###} eV apart: cropping would leave nothing of {cube.Channels} channels."));
        Header = cube.With($"{cube.Header.Name} (aligned)", Channels, cube.Scale.At(first) - (parameters.Calibrate ? reference : 0));
    }

    public SignalHeader Header { get; }

    public int Channels { get; }

    /// <summary>Moves a row of spectra.</summary>
    public void Row(int row, ReadOnlySpan<float> spectra, Span<float> aligned)
    {
        var whole = Channels == cube.Channels ? [] : new float[cube.Channels];
        for (var x = 0; x < cube.Columns; x++)
        {
            var spectrum = spectra.Slice(x * cube.Channels, cube.Channels);
            var result = aligned.Slice(x * Channels, Channels);
            var shift = shifts[(row * cube.Columns) + x];
            var target = whole.Length == 0 ? result : whole;
            if (interpolation == ShiftInterpolation.Linear)
            {
                SubChannelShift.Linear(spectrum, shift, target);
            }
            else
            {
                SubChannelShift.Cubic(spectrum, shift, target);
            }

            if (whole.Length > 0)
            {
                whole.AsSpan(first, Channels).CopyTo(result);
            }
        }
    }

    private double Shift(double channels) => interpolation == ShiftInterpolation.WholeChannels ? Math.Round(channels) : Math.Abs(channels) < 1e-6 ? 0 : channels;
}
