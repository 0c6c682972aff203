using CryoHub.Analyses.Edx.Model;
using CryoHub.Numerics.Fitting;

namespace CryoHub.Analyses.Edx.Peaks;

/// <summary>Normal equations of background and all candidates at once: what a choice of them leaves unexplained is then found without touching the spectrum again.</summary>
internal sealed class CandidateSpace
{
    private readonly double[] gram;
    private readonly double[] right;
    private readonly double[] solution;
    private readonly double squares;
    private readonly int all;
    private readonly int shapes;
    private readonly double[] lower;
    private readonly double[] upper;
    private readonly (int Part, int Column)[] moving;

    /// <param name="model">The spectrum.</param>
    /// <param name="parts">All candidates' columns.</param>
    /// <param name="peaks">Where they stand.</param>
    /// <param name="variance">Of each channel.</param>
    /// <param name="expected">Counts of the parts as far as they are known: what may move between their subshells.</param>
    public CandidateSpace(SpectrumModel model, IReadOnlyList<SpectrumPart> parts, PeakScale peaks, double[] variance, double[] expected)
    {
        var data = model.Data;
        var columns = new DesignColumns(model, parts, peaks);
        double[] weights = [.. variance.Select(v => 1 / v)];
        (Parts, shapes, all) = (parts, model.Shapes, columns.Count);
        (gram, right, solution) = (new double[all * all], new double[all], new double[all]);
        columns.Normal(weights, data.Counts, [.. new double[shapes], .. expected], gram, right);
        (lower, upper) = (columns.Lower(), columns.Upper());
        moving = [.. Enumerable.Range(0, all).Where(column => columns.MovesOf(column) is >= 0 and var part && expected[part] > 0).ToLookup(columns.MovesOf).SelectMany(group => group.Select(column => (group.Key, column)))];
        for (var i = 0; i < data.Count; i++)
        {
            squares += weights[i] * data.Counts[i] * data.Counts[i];
        }
    }

    public IReadOnlyList<SpectrumPart> Parts { get; }

    /// <summary>Chi-squared with these parts and the background; <paramref name="counts"/> gets the counts of all parts, 0 for the others.</summary>
    public double Misfit(IReadOnlyList<int> chosen, double[] counts)
    {
        var (columns, g, b, x) = Solve(chosen);
        var misfit = squares;
        counts.AsSpan().Clear();
        for (var i = 0; i < columns.Length; i++)
        {
            misfit -= 2 * b[i] * x[i];
            for (var j = 0; j < columns.Length; j++)
            {
                misfit += x[i] * g[(i * columns.Length) + j] * x[j];
            }

            if (columns[i] >= shapes && columns[i] < shapes + Parts.Count)
            {
                counts[columns[i] - shapes] = x[i];
            }
        }

        return misfit;
    }

    /// <summary>Starts later choices from this one: nearly always the same columns are at 0.</summary>
    public void StartFrom(IReadOnlyList<int> chosen)
    {
        var (columns, _, _, x) = Solve(chosen);
        solution.AsSpan().Clear();
        for (var i = 0; i < columns.Length; i++)
        {
            solution[columns[i]] = x[i];
        }
    }

    /// <summary>Chi-squared that a part would take away if nothing else moved: a first look at what is worth trying.</summary>
    public double FirstLook(int part)
    {
        var column = part + shapes;
        var gradient = right[column];
        for (var j = 0; j < all; j++)
        {
            gradient -= gram[(column * all) + j] * solution[j];
        }

        var length = gram[(column * all) + column];
        return gradient > 0 && length > 0 ? gradient * gradient / length : 0;
    }

    /// <summary>One sigma of a part's counts if everything else were known.</summary>
    public double LeastError(int part) => 1 / Math.Sqrt(Math.Max(gram[((part + shapes) * all) + part + shapes], 1e-300));

    private (int[] Columns, double[] Gram, double[] Right, double[] Solution) Solve(IReadOnlyList<int> chosen)
    {
        int[] columns = [.. Enumerable.Range(0, shapes), .. chosen.Select(part => part + shapes), .. moving.Where(move => chosen.Contains(move.Part)).Select(move => move.Column)];
        var n = columns.Length;
        var (g, b, x) = (new double[n * n], new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            b[i] = right[columns[i]];
            x[i] = solution[columns[i]];
            for (var j = 0; j < n; j++)
            {
                g[(i * n) + j] = gram[(columns[i] * all) + columns[j]];
            }
        }

        new BoundedLeastSquares([.. columns.Select(column => lower[column])], [.. columns.Select(column => upper[column])]).Solve(g, b, x);
        return (columns, g, b, x);
    }
}
