using CryoHub.Analyses.Spectra;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Eels.LowLoss;

/// <summary>Energy and width of the plasmon of every pixel, in eV above its zero loss; NaN where no peak can be fitted.</summary>
internal sealed class PlasmonMap(SpectrumCube cube, PlasmonWindow window, float[] positions)
{
    public float[] Energy { get; } = New(cube);

    public float[] EnergyError { get; } = New(cube);

    public float[] Width { get; } = New(cube);

    public float[] WidthError { get; } = New(cube);

    public float[] Maximum { get; } = New(cube);

    public float[] Misfit { get; } = New(cube);

    public void Row(int row, ReadOnlySpan<float> spectra)
    {
        for (var x = 0; x < cube.Columns; x++)
        {
            var pixel = (row * cube.Columns) + x;
            var fit = Fit(spectra.Slice(x * cube.Channels, cube.Channels), positions[pixel]);
            Energy[pixel] = (float)fit.Energy;
            EnergyError[pixel] = (float)fit.EnergyError;
            Width[pixel] = (float)fit.Width;
            WidthError[pixel] = (float)fit.WidthError;
            Maximum[pixel] = (float)fit.Maximum;
            Misfit[pixel] = (float)fit.Misfit;
        }
    }

    private DrudeFit Fit(ReadOnlySpan<float> spectrum, float position)
    {
        if (!float.IsFinite(position))
        {
            return DrudeFit.None;
        }

        var first = (int)Math.Ceiling((position + window.From - cube.Scale.Lowest) / cube.Step);
        var end = (int)Math.Floor((position + window.To - cube.Scale.Lowest) / cube.Step) + 1;
        return first < 0 || end > cube.Channels || end - first < 4
            ? DrudeFit.None
            : DrudeFit.Of(spectrum[first..end], cube.Scale.At(first) - position, cube.Step, window.Energy, window.Width);
    }

    private static float[] New(SpectrumCube cube) => [.. Enumerable.Repeat(float.NaN, cube.Pixels)];
}
