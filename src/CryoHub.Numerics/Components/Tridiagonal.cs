namespace CryoHub.Numerics.Components;

/// <summary>(T - shift) x = b for a symmetric T of three diagonals, by elimination with row exchanges; pivots lost in rounding are replaced, as inverse iteration needs.</summary>
internal sealed class Tridiagonal(double[] diagonal, double[] off, double smallest)
{
    private readonly double[] pivot = new double[diagonal.Length];
    private readonly double[] above = new double[diagonal.Length];      // first and second entry right of the pivot
    private readonly double[] second = new double[diagonal.Length];
    private readonly double[] factor = new double[diagonal.Length];
    private readonly bool[] exchanged = new bool[diagonal.Length];

    public void Factor(double shift)
    {
        var n = diagonal.Length;
        var (here, right) = (diagonal[0] - shift, n > 1 ? off[1] : 0);
        for (var i = 0; i < n - 1; i++)
        {
            var (low, lowDiagonal, lowRight) = (off[i + 1], diagonal[i + 1] - shift, i + 2 < n ? off[i + 2] : 0);
            exchanged[i] = Math.Abs(low) > Math.Abs(here);
            if (exchanged[i])
            {
                (pivot[i], above[i], second[i]) = (low, lowDiagonal, lowRight);
                factor[i] = here / low;
                (here, right) = (right - (factor[i] * lowDiagonal), -factor[i] * lowRight);
            }
            else
            {
                pivot[i] = Math.Abs(here) > smallest ? here : smallest;
                (above[i], second[i]) = (right, 0);
                factor[i] = low / pivot[i];
                (here, right) = (lowDiagonal - (factor[i] * right), lowRight);
            }
        }

        pivot[n - 1] = Math.Abs(here) > smallest ? here : smallest;
    }

    /// <summary>Solves in place.</summary>
    public void Solve(Span<double> x)
    {
        var n = pivot.Length;
        for (var i = 0; i < n - 1; i++)
        {
            if (exchanged[i])
            {
                (x[i], x[i + 1]) = (x[i + 1], x[i]);
            }

            x[i + 1] -= factor[i] * x[i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            var sum = x[i] - (i + 1 < n ? above[i] * x[i + 1] : 0) - (i + 2 < n ? second[i] * x[i + 2] : 0);
            x[i] = sum / pivot[i];
        }
    }
}
