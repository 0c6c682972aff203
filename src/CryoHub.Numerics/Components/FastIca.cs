namespace CryoHub.Numerics.Components;

/// <summary>
/// Independent components of mixed signals: FastICA with symmetric steps and g(u) = tanh u (Hyvarinen, IEEE Trans. Neural Netw. 10 (1999) 626, doi:10.1109/72.761722).
/// </summary>
/// <param name="Unmixing">B, [component, signal]: component = B (signal - mean), of variance one over the samples.</param>
/// <param name="Rounds">Steps that were taken.</param>
/// <param name="Settled">Whether the last step turned nothing by more than 1e-6.</param>
public sealed record FastIca(double[] Unmixing, int Rounds, bool Settled)
{
    private const double Still = 1e-6;
    private const double Dependent = 1e-10;    // of the largest variance

    /// <summary>Unmixes <paramref name="count"/> signals [signal, sample].</summary>
    /// <param name="seed">Of the first rotation.</param>
    /// <param name="mostRounds">Steps at most.</param>
    /// <returns><c>null</c> where a signal is constant or a sum of others.</returns>
    public static FastIca? Of(ReadOnlySpan<double> signals, int count, int seed, int mostRounds)
    {
        var samples = signals.Length / count;
        var centred = Centred(signals, count, samples);
        if (Whitening(centred, count, samples) is not { } whitening)
        {
            return null;
        }

        var white = Product(whitening, centred, count, count, samples);
        var random = new Random(seed);
        var rotation = Orthogonal([.. Enumerable.Range(0, count * count).Select(_ => random.NextDouble() - 0.5)], count);
        for (var round = 1; round <= mostRounds; round++)
        {
            var next = Orthogonal(Step(rotation, white, count, samples), count);
            var turned = 0.0;
            for (var k = 0; k < count; k++)
            {
                var cosine = 0.0;
                for (var l = 0; l < count; l++)
                {
                    cosine += next[(k * count) + l] * rotation[(k * count) + l];
                }

                turned = Math.Max(turned, Math.Abs(1 - Math.Abs(cosine)));
            }

            rotation = next;
            if (turned < Still)
            {
                return new FastIca(Product(rotation, whitening, count, count, count), round, true);
            }
        }

        return new FastIca(Product(rotation, whitening, count, count, count), mostRounds, false);
    }

    /// <summary>w = mean of z g(w z) - mean of g'(w z) times w, for every row.</summary>
    private static double[] Step(double[] rotation, double[] white, int count, int samples)
    {
        var sources = Product(rotation, white, count, count, samples);
        var next = new double[count * count];
        for (var k = 0; k < count; k++)
        {
            var slope = 0.0;
            for (var t = 0; t < samples; t++)
            {
                var g = Math.Tanh(sources[(k * samples) + t]);
                slope += 1 - (g * g);
                for (var l = 0; l < count; l++)
                {
                    next[(k * count) + l] += g * white[(l * samples) + t];
                }
            }

            for (var l = 0; l < count; l++)
            {
                next[(k * count) + l] = (next[(k * count) + l] - (slope * rotation[(k * count) + l])) / samples;
            }
        }

        return next;
    }

    private static double[] Centred(ReadOnlySpan<double> signals, int count, int samples)
    {
        var centred = signals[..(count * samples)].ToArray();
        for (var k = 0; k < count; k++)
        {
            var row = centred.AsSpan(k * samples, samples);
            var mean = 0.0;
            foreach (var value in row)
            {
                mean += value / samples;
            }

            for (var t = 0; t < samples; t++)
            {
                row[t] -= mean;
            }
        }

        return centred;
    }

    /// <summary>K with K cov K^T = 1.</summary>
    private static double[]? Whitening(double[] centred, int count, int samples)
    {
        var covariance = new double[count * count];
        for (var k = 0; k < count; k++)
        {
            for (var l = 0; l <= k; l++)
            {
                for (var t = 0; t < samples; t++)
                {
                    covariance[(k * count) + l] += centred[(k * samples) + t] * centred[(l * samples) + t] / samples;
                }
            }
        }

        var eigen = new SymmetricEigen(covariance, count);
        if (!(eigen.Values[^1] > Dependent * eigen.Values[0]))
        {
            return null;
        }

        var vectors = eigen.Vectors(count);
        return [.. vectors.Select((entry, i) => entry / Math.Sqrt(eigen.Values[i / count]))];
    }

    /// <summary>The nearest orthogonal matrix, (M M^T)^-1/2 M.</summary>
    private static double[] Orthogonal(double[] matrix, int count)
    {
        var square = new double[count * count];
        for (var k = 0; k < count; k++)
        {
            for (var l = 0; l <= k; l++)
            {
                for (var m = 0; m < count; m++)
                {
                    square[(k * count) + l] += matrix[(k * count) + m] * matrix[(l * count) + m];
                }
            }
        }

        var eigen = new SymmetricEigen(square, count);
        var vectors = eigen.Vectors(count);
        var root = new double[count * count];
        for (var v = 0; v < count; v++)
        {
            for (var k = 0; k < count; k++)
            {
                for (var l = 0; l < count; l++)
                {
                    root[(k * count) + l] += vectors[(v * count) + k] * vectors[(v * count) + l] / Math.Sqrt(eigen.Values[v]);
                }
            }
        }

        return Product(root, matrix, count, count, count);
    }

    private static double[] Product(double[] a, double[] b, int rows, int inner, int columns)
    {
        var product = new double[rows * columns];
        for (var i = 0; i < rows; i++)
        {
            var row = product.AsSpan(i * columns, columns);
            for (var k = 0; k < inner; k++)
            {
                var factor = a[(i * inner) + k];
                var other = b.AsSpan(k * columns, columns);
                for (var j = 0; j < row.Length; j++)
                {
                    row[j] += factor * other[j];
                }
            }
        }

        return product;
    }
}
