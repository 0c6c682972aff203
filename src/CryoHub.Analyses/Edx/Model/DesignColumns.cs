using CryoHub.Numerics.Fitting;

namespace CryoHub.Analyses.Edx.Model;

/// <summary>
/// The columns of a linear model of a spectrum: shapes of the background, counts of the parts, and counts that move between the subshells of a part without changing its sum.
/// What moves is held near 0 by a prior of what is known of their yields.
/// </summary>
internal sealed class DesignColumns
{
    private const double Nothing = 1e-3;

    private readonly (int Part, double Share, double Error)[] moves;

    public DesignColumns(SpectrumModel model, IReadOnlyList<SpectrumPart> parts, PeakScale peaks)
    {
        (Shapes, Parts, Rows) = (model.Shapes, parts.Count, model.Data.Count);
        var movable = parts.SelectMany((part, p) => part.Movable().Select(group => (Part: p, group.Lines, group.Share, group.Error))).ToArray();
        moves = [.. movable.Select(move => (move.Part, move.Share, move.Error))];
        Count = Shapes + Parts + moves.Length;
        Design = new double[Count * Rows];
        model.Background.CopyTo(Design);
        for (var p = 0; p < Parts; p++)
        {
            model.AddPeaks(Column(Shapes + p), parts[p].Lines, peaks, 1);
        }

        for (var m = 0; m < moves.Length; m++)
        {
            var column = Column(Shapes + Parts + m);
            model.AddPeaks(column, movable[m].Lines, peaks, 1 / movable[m].Share);
            var whole = Column(Shapes + movable[m].Part);
            for (var i = 0; i < Rows; i++)
            {
                column[i] -= whole[i];
            }
        }
    }

    /// <summary>[column, channel].</summary>
    public double[] Design { get; }

    public int Shapes { get; }

    public int Parts { get; }

    public int Rows { get; }

    public int Count { get; }

    public Span<double> Column(int column) => Design.AsSpan(column * Rows, Rows);

    /// <summary>Part of a moving column; -1 for others.</summary>
    public int MovesOf(int column) => column < Shapes + Parts ? -1 : moves[column - Shapes - Parts].Part;

    /// <summary>Lower bounds: only what moves may be negative.</summary>
    public double[] Lower() => [.. Enumerable.Range(0, Count).Select(column => MovesOf(column) < 0 ? 0 : double.NegativeInfinity)];

    public double[] Upper() => [.. Enumerable.Repeat(double.PositiveInfinity, Count)];

    /// <summary>1 / variance that the prior adds to a column's diagonal, where its part holds so many counts.</summary>
    public double Prior(int column, double counts)
    {
        if (MovesOf(column) < 0)
        {
            return 0;
        }

        var (_, share, error) = moves[column - Shapes - Parts];
        var sigma = Math.Max(Nothing, error * counts * Math.Min(share, 1 - share));
        return 1 / (sigma * sigma);
    }

    /// <summary>Weighted sums with the priors for a solution <paramref name="x"/> found before.</summary>
    public void Normal(double[] weights, double[] y, double[] x, double[] gram, double[] right)
    {
        NormalEquations.Gram(Design, Rows, weights, gram);
        NormalEquations.RightSide(Design, Rows, weights, y, right);
        for (var c = Shapes + Parts; c < Count; c++)
        {
            gram[(c * Count) + c] += Prior(c, x[Shapes + MovesOf(c)]);
        }
    }
}
