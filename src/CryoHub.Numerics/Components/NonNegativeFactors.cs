namespace CryoHub.Numerics.Components;

/// <summary>
/// Non-negative factors X = W H of a matrix known by its coordinates T in an orthonormal basis V, X = T V: hierarchical alternating least squares (Cichocki and Phan,
/// IEICE Trans. Fundam. E92-A (2009) 708; several sweeps a product as Gillis and Glineur, Neural Comput. 24 (2012) 1085, doi:10.1162/NECO_a_00256). Products go through the
/// coordinates, so a round costs rank instead of channels. Rows come in blocks from several threads; sums of blocks are added in the caller's order.
/// </summary>
public sealed class NonNegativeFactors
{
    private const int Sweeps = 3;

    private readonly double[] basis;       // [rank, channel]
    private readonly double[] inBasis;     // H V^T, [component, rank]
    private readonly double[] gram;        // H H^T
    private readonly double[] weighted;    // W^T X, [component, channel]

    /// <param name="basis">V, [rank, channel].</param>
    /// <param name="rank">Rows of V.</param>
    /// <param name="start">First H, [component, channel], not negative and no row all zero.</param>
    /// <exception cref="ArgumentException">The lengths do not belong together.</exception>
    public NonNegativeFactors(double[] basis, int rank, double[] start)
    {
        Channels = rank > 0 ? basis.Length / rank : 0;
        if (Channels == 0 || basis.Length != rank * Channels || start.Length == 0 || start.Length % Channels != 0)
        {
            throw new ArgumentException($"Expected {rank} directions and some components of the same channels, found {basis.Length} and {start.Length} numbers.", nameof(start));
        }

        (this.basis, Rank, Components, Spectra) = (basis, rank, start.Length / Channels, start);
        (inBasis, gram, weighted) = (new double[Components * Rank], new double[Components * Components], new double[Components * Channels]);
        Products();
    }

    /// <summary>Rows of V.</summary>
    public int Rank { get; }

    /// <summary>Rows of H.</summary>
    public int Components { get; }

    /// <summary>Columns of V and H.</summary>
    public int Channels { get; }

    /// <summary>H, [component, channel].</summary>
    public double[] Spectra { get; }

    /// <summary>H H^T, [component, component].</summary>
    public ReadOnlySpan<double> Gram => gram;

    /// <summary>Improves W of a block of rows for the present H and sums what the next H needs.</summary>
    /// <param name="points">T of the rows, [row, rank].</param>
    /// <param name="amounts">W of the rows, [row, component]; the start, then the solution.</param>
    /// <returns>W^T W and W^T T.</returns>
    public FactorSums Rows(ReadOnlySpan<float> points, Span<float> amounts)
    {
        var sums = new FactorSums(Components, Rank);
        Span<double> right = stackalloc double[Components];
        Span<double> w = stackalloc double[Components];
        for (var row = 0; row < amounts.Length / Components; row++)
        {
            var point = points.Slice(row * Rank, Rank);
            var amount = amounts.Slice(row * Components, Components);
            for (var k = 0; k < Components; k++)
            {
                var sum = 0.0;
                for (var r = 0; r < Rank; r++)
                {
                    sum += inBasis[(k * Rank) + r] * point[r];
                }

                (right[k], w[k]) = (sum, amount[k]);
            }

            Solve(right, w);
            for (var k = 0; k < Components; k++)
            {
                amount[k] = (float)w[k];
            }

            sums.Add(w, point);
        }

        return sums;
    }

    /// <summary>Improves H for the sums of all rows; gives back the sum of squares of X - W H less that of X, before the step.</summary>
    public double Update(FactorSums sums)
    {
        weighted.AsSpan().Clear();
        var change = 0.0;
        for (var k = 0; k < Components; k++)
        {
            for (var r = 0; r < Rank; r++)
            {
                var weight = sums.Points[(k * Rank) + r];
                change -= 2 * weight * inBasis[(k * Rank) + r];
                for (var j = 0; j < Channels; j++)
                {
                    weighted[(k * Channels) + j] += weight * basis[(r * Channels) + j];
                }
            }

            for (var l = 0; l < Components; l++)
            {
                change += sums.Gram[(k * Components) + l] * gram[(k * Components) + l];
            }
        }

        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            for (var k = 0; k < Components; k++)
            {
                Row(k, sums.Gram);
            }
        }

        Products();
        return change;
    }

    private void Row(int k, double[] products)
    {
        var own = products[(k * Components) + k];
        for (var j = 0; j < Channels && own > 0; j++)
        {
            var rest = weighted[(k * Channels) + j];
            for (var l = 0; l < Components; l++)
            {
                rest -= products[(k * Components) + l] * Spectra[(l * Channels) + j];
            }

            Spectra[(k * Channels) + j] = Math.Max(0, Spectra[(k * Channels) + j] + (rest / own));
        }
    }

    /// <summary>Coordinate descent on one row's non-negative least squares.</summary>
    private void Solve(ReadOnlySpan<double> right, Span<double> w)
    {
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            for (var k = 0; k < Components; k++)
            {
                var rest = right[k];
                for (var l = 0; l < Components; l++)
                {
                    rest -= gram[(k * Components) + l] * w[l];
                }

                var own = gram[(k * Components) + k];
                w[k] = own > 0 ? Math.Max(0, w[k] + (rest / own)) : 0;
            }
        }
    }

    private void Products()
    {
        for (var k = 0; k < Components; k++)
        {
            for (var r = 0; r < Rank; r++)
            {
                inBasis[(k * Rank) + r] = Dot(k, basis.AsSpan(r * Channels, Channels));
            }

            for (var l = 0; l < Components; l++)
            {
                gram[(k * Components) + l] = Dot(k, Spectra.AsSpan(l * Channels, Channels));
            }
        }
    }

    private double Dot(int component, ReadOnlySpan<double> other)
    {
        var sum = 0.0;
        for (var j = 0; j < Channels; j++)
        {
            sum += Spectra[(component * Channels) + j] * other[j];
        }

        return sum;
    }
}
