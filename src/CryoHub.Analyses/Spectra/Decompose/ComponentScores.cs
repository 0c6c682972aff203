using CryoHub.Numerics.Components;

namespace CryoHub.Analyses.Spectra.Decompose;

/// <summary>How much of each direction every spectrum has, what is left beside those given, and the sum of these.</summary>
internal sealed class ComponentScores
{
    private readonly SpectrumCube cube;
    private readonly CommonShape shape;
    private readonly PrincipalComponents components;
    private readonly float[] shapes;

    /// <param name="given">Directions that are given; the rest is for further use.</param>
    public ComponentScores(SpectrumCube cube, CommonShape shape, PrincipalComponents components, int given)
    {
        (this.cube, this.shape, this.components, Given) = (cube, shape, components, given);
        Of = new float[cube.Pixels * components.Count];
        Rest = new float[cube.Pixels];
        shapes = [.. components.Vectors.Take(given * shape.Channels).Select((entry, i) => entry * shape.Scale[i % shape.Channels])];
    }

    public int Given { get; }

    /// <summary>[pixel, direction], in units of the residuals.</summary>
    public float[] Of { get; }

    /// <summary>Of each pixel the mean square of what the components given leave; NaN where it is left out.</summary>
    public float[] Rest { get; }

    /// <summary>What the directions given are in counts, [direction, channel].</summary>
    public ReadOnlySpan<float> Shapes => shapes;

    /// <summary>One row of spectra; where <paramref name="denoised"/> has room, the sum of the components given goes there, and what a pixel that is left out holds.</summary>
    public void Row(int row, Span<float> spectra, Span<float> denoised)
    {
        var residual = new float[shape.Channels];
        for (var x = 0; x < cube.Columns; x++)
        {
            var pixel = (row * cube.Columns) + x;
            var spectrum = shape.Of(spectra, x);
            var scores = Of.AsSpan(pixel * components.Count, components.Count);
            var into = denoised.IsEmpty ? default : denoised.Slice(x * shape.Channels, shape.Channels);
            if (float.IsNaN(shape.Amount[pixel]))
            {
                scores.Fill(float.NaN);
                Rest[pixel] = float.NaN;
                spectrum[..into.Length].CopyTo(into);
                continue;
            }

            shape.Residual(spectrum, pixel, residual);
            var rest = SpectrumResidual.Scores(residual, components.Vectors, scores);
            foreach (var score in scores[..Given])
            {
                rest -= (double)score * score;
            }

            Rest[pixel] = (float)(Math.Max(0, rest) / Math.Max(1, shape.Channels - Given - 1));
            if (!into.IsEmpty)
            {
                SpectrumResidual.Restore(scores[..Given], shapes, shape.Mean, shape.Amount[pixel], into);
            }
        }
    }
}
