using CryoHub.Numerics.Components;

namespace CryoHub.Analyses.Spectra.Decompose;

/// <summary>The directions in which the residuals of all spectra vary most; the common shape is taken as the first component and is not among them.</summary>
internal sealed class PrincipalComponents
{
    private const int Plausible = 20;     // more directions than spectra of phases have
    private const int ElbowValues = 30;
    private const double Lost = 1e-10;   // of the largest value: what float32 residuals know nothing of

    private PrincipalComponents(IReadOnlyList<double> values, NoiseFloor noise) => (Values, Noise) = (values, noise);

    /// <summary>All sums of squares, the largest first.</summary>
    public IReadOnlyList<double> Values { get; }

    public NoiseFloor Noise { get; }

    /// <summary>Directions that are worth giving: those above the noise, or before the elbow of the scree where the noise is not what its theory asks for.</summary>
    public int Suggested => IsElbow ? NoiseFloor.Elbow(Values, ElbowValues) : Noise.Components;

    /// <summary>Whether more stand above the edge than can be phases.</summary>
    public bool IsElbow => Noise.Components > Plausible;

    /// <summary>Directions of the largest, [direction, channel], of length one.</summary>
    public float[] Vectors { get; private set; } = [];

    /// <summary>How many directions there are.</summary>
    public int Count { get; private set; }

    /// <summary>As many directions as <paramref name="wanted"/> says when it is told how many stand out of the noise.</summary>
    public static async Task<PrincipalComponents> FindAsync(AnalysisRun run, SpectrumCube cube, CommonShape shape, Func<int, int> wanted, RunShare share, CancellationToken ct)
    {
        var gram = new ResidualGram(cube, shape);
        var eigen = new SymmetricEigen(await gram.SumAsync(run, share, ct), gram.Size);
        double[] values = [.. eigen.Values.Select(value => Math.Max(0, value))];
        var found = new PrincipalComponents(values, NoiseFloor.Of(values, Math.Max(shape.Used, shape.Channels)));
        found.Count = Math.Min(wanted(found.Suggested), values.TakeWhile(value => value > Lost * values[0]).Count());
        var vectors = eigen.Vectors(found.Count);
        found.Vectors = gram.OfSpectra ? await TurnAsync(run, cube, shape, vectors, values, found.Count, ct) : [.. vectors.Select(entry => (float)entry)];
        return found;
    }

    /// <summary>From directions among spectra u to those among channels, v = A^T u / sqrt(value).</summary>
    private static async Task<float[]> TurnAsync(AnalysisRun run, SpectrumCube cube, CommonShape shape, double[] among, double[] values, int count, CancellationToken ct)
    {
        var vectors = new double[count * shape.Channels];
        var residual = new float[shape.Channels];
        var place = 0;
        await cube.ReadAsync(run with { Threads = 1 }, new RunShare(0.6, 0.6, "Turning the components"), (row, spectra) =>
        {
            for (var x = 0; x < cube.Columns; x++)
            {
                var pixel = (row * cube.Columns) + x;
                if (float.IsNaN(shape.Amount[pixel]))
                {
                    continue;
                }

                shape.Residual(shape.Of(spectra, x), pixel, residual);
                for (var k = 0; k < count; k++)
                {
                    var weight = among[(k * shape.Used) + place] / Math.Sqrt(values[k]);
                    for (var channel = 0; channel < residual.Length; channel++)
                    {
                        vectors[(k * shape.Channels) + channel] += weight * residual[channel];
                    }
                }

                place++;
            }
        }, ct);
        return [.. vectors.Select(entry => (float)entry)];
    }
}
