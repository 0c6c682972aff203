namespace CryoHub.Analyses.Spectra.Decompose;

/// <summary>
/// The spectra that are looked at as points: coordinates in orthonormal directions, of which the first is what the common shape has beside the others, in units of the
/// residuals (counts over the root of the pixel's and the channel's, or counts).
/// </summary>
internal sealed class FactorSpace
{
    public FactorSpace(CommonShape shape, PrincipalComponents components, ComponentScores scores)
    {
        var channels = shape.Channels;
        Rank = components.Count + 1;
        Basis = new double[Rank * channels];
        for (var i = 0; i < components.Vectors.Length; i++)
        {
            Basis[channels + i] = components.Vectors[i];
        }

        var along = new double[Rank];     // the common shape in these directions
        First(shape, along);
        Pixels = [.. Enumerable.Range(0, shape.Amount.Length).Where(pixel => !float.IsNaN(shape.Amount[pixel]))];
        Points = new float[Pixels.Length * Rank];
        for (var i = 0; i < Pixels.Length; i++)
        {
            var root = Math.Sqrt(shape.Amount[Pixels[i]]);
            for (var r = 0; r < Rank; r++)
            {
                Points[(i * Rank) + r] = (float)((root * along[r]) + (r > 0 ? scores.Of[(Pixels[i] * components.Count) + r - 1] : 0));
            }
        }
    }

    /// <summary>Directions.</summary>
    public int Rank { get; }

    /// <summary>[direction, channel].</summary>
    public double[] Basis { get; }

    /// <summary>The pixels that are looked at.</summary>
    public int[] Pixels { get; }

    /// <summary>[point, direction].</summary>
    public float[] Points { get; }

    /// <summary>Values of the points as a map, NaN elsewhere.</summary>
    public float[] Map(int pixels, Func<int, double> value)
    {
        var map = new float[pixels];
        Array.Fill(map, float.NaN);
        for (var i = 0; i < Pixels.Length; i++)
        {
            map[Pixels[i]] = (float)value(i);
        }

        return map;
    }

    private void First(CommonShape shape, double[] along)
    {
        var rest = Basis.AsSpan(0, shape.Channels);
        for (var j = 0; j < rest.Length; j++)
        {
            rest[j] = shape.Base[j];
        }

        for (var r = 1; r < Rank; r++)
        {
            var direction = Basis.AsSpan(r * shape.Channels, shape.Channels);
            for (var j = 0; j < rest.Length; j++)
            {
                along[r] += rest[j] * direction[j];
            }

            for (var j = 0; j < rest.Length; j++)
            {
                rest[j] -= along[r] * direction[j];
            }
        }

        foreach (var value in rest)
        {
            along[0] += value * value;
        }

        along[0] = Math.Sqrt(along[0]);
        for (var j = 0; j < rest.Length; j++)
        {
            rest[j] /= along[0];
        }
    }
}
