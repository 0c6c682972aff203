using System.Numerics;
using System.Runtime.InteropServices;
using CryoHub.Numerics.Fitting;

namespace CryoHub.Analyses.Eels.Model;

/// <summary>
/// Fits one spectrum after the other by a power law and edges. For a given exponent r the model is linear: E^-r, its derivative by r, and the edges; bounded least squares with
/// weights 1 / model, r moved by what the derivative asks for, until it rests. Starts from where the last spectrum ended. One for each thread.
/// </summary>
internal sealed class SpectrumModel
{
    private const int MostRounds = 10;
    private const double Rested = 1e-3;          // of r: what is left of the curvature is below 1e-6 of the background
    private const double Steepest = 12;
    private const int Shapes = 2;                // E^-r and E^-r ln E

    private readonly int[] channels;
    private readonly double[] logarithms;        // ln(E / E of the middle)
    private readonly double[] design;            // [column, fitted channel]
    private readonly double[] weights;
    private readonly double[] y;
    private readonly double[] model;
    private readonly double[] gram;
    private readonly double[] right;
    private readonly BoundedLeastSquares solver;

    public SpectrumModel(ModelPlan plan, bool allowNegative)
    {
        channels = plan.Channels;
        Columns = plan.Edges.Length + Shapes;
        var middle = Math.Sqrt(plan.Scale.At(channels[0]) * plan.Scale.At(channels[^1]));
        Middle = middle;
        logarithms = [.. channels.Select(channel => Math.Log(plan.Scale.At(channel) / middle))];
        design = new double[Columns * channels.Length];
        (weights, y, model) = (new double[channels.Length], new double[channels.Length], new double[channels.Length]);
        (gram, right) = (new double[Columns * Columns], new double[Columns]);
        var lower = new double[Columns];
        var upper = new double[Columns];
        lower.AsSpan().Fill(allowNegative ? double.NegativeInfinity : 0);
        upper.AsSpan().Fill(double.PositiveInfinity);
        lower[0] = 0;
        lower[1] = double.NegativeInfinity;
        solver = new BoundedLeastSquares(lower, upper);
        Solution = new double[Columns];
        Covariance = new double[Columns * Columns];
    }

    public int Columns { get; }

    /// <summary>Energy at which the background is <see cref="Solution"/>[0].</summary>
    public double Middle { get; }

    /// <summary>Exponent of the last spectrum; the start of the next.</summary>
    public double Exponent { get; set; } = 3;

    /// <summary>Background at the middle, its correction, then the amount of each edge.</summary>
    public double[] Solution { get; }

    /// <summary>Of <see cref="Solution"/>, for counted electrons.</summary>
    public double[] Covariance { get; }

    /// <summary>Takes the columns of the edges, [edge, channel of the whole spectrum].</summary>
    public void SetEdges(ReadOnlySpan<double> columns, int spectrumChannels)
    {
        for (var e = 0; e < Columns - Shapes; e++)
        {
            for (var i = 0; i < channels.Length; i++)
            {
                design[((e + Shapes) * channels.Length) + i] = columns[(e * spectrumChannels) + channels[i]];
            }
        }
    }

    /// <summary>Fits a spectrum; gives back the reduced chi-squared, NaN where there is no fit.</summary>
    public double Fit(ReadOnlySpan<float> spectrum)
    {
        var sum = 0.0;
        for (var i = 0; i < channels.Length; i++)
        {
            y[i] = spectrum[channels[i]];
            sum += y[i];
        }

        if (!(sum > Columns))
        {
            return double.NaN;   // also where a channel is NaN
        }

        Shape();
        Begin(sum);
        for (var round = 0; round < MostRounds; round++)
        {
            NormalEquations.Gram(design, channels.Length, weights, gram);
            NormalEquations.RightSide(design, channels.Length, weights, y, right);
            if (!solver.Solve(gram, right, Solution))
            {
                return double.NaN;
            }

            NormalEquations.Model(design, Solution, model);
            Weigh();
            var change = Solution[0] > 0 ? Solution[1] / Solution[0] : 0;
            if (Math.Abs(change) < Rested && round > 0)
            {
                solver.Covariance(Covariance);
                return ChiSquared();
            }

            Exponent = Math.Clamp(Exponent - Math.Clamp(change, -1, 1), 0, Steepest);
            Solution[1] = 0;
            Shape();
        }

        return double.NaN;
    }

    /// <summary>Background at an energy after <see cref="Fit"/>.</summary>
    public double BackgroundAt(double energy)
    {
        var x = Math.Log(energy / Middle);
        return (Solution[0] + (Solution[1] * x)) * Math.Exp(-Exponent * x);
    }

    /// <summary>The last solution, or a plain background, brought to the counts of this spectrum.</summary>
    private void Begin(double sum)
    {
        if (!(Solution[0] > 0) || !Solution.All(double.IsFinite))
        {
            Solution.AsSpan().Clear();
            Solution[0] = 1;
        }

        NormalEquations.Model(design, Solution, model);
        var total = 0.0;
        foreach (var count in model)
        {
            total += count;
        }

        for (var c = 0; c < Columns; c++)
        {
            Solution[c] *= sum / total;
        }

        NormalEquations.Model(design, Solution, model);
        Weigh();
    }

    /// <summary>The two shapes of the background for the exponent.</summary>
    private void Shape()
    {
        var flat = design.AsSpan(0, channels.Length);
        var bent = design.AsSpan(channels.Length, channels.Length);
        var wideFlat = MemoryMarshal.Cast<double, Vector<double>>(flat);
        var wideBent = MemoryMarshal.Cast<double, Vector<double>>(bent);
        var x = MemoryMarshal.Cast<double, Vector<double>>(logarithms.AsSpan());
        for (var i = 0; i < wideFlat.Length; i++)
        {
            wideFlat[i] = Vector.Exp(x[i] * -Exponent);
            wideBent[i] = wideFlat[i] * x[i];
        }

        for (var i = wideFlat.Length * Vector<double>.Count; i < flat.Length; i++)
        {
            flat[i] = Math.Exp(-Exponent * logarithms[i]);
            bent[i] = flat[i] * logarithms[i];
        }
    }

    /// <summary>1 / variance of counted electrons; below one count the normal law says nothing.</summary>
    private void Weigh()
    {
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = 1 / Math.Max(model[i], 1);
        }
    }

    private double ChiSquared()
    {
        var sum = 0.0;
        for (var i = 0; i < y.Length; i++)
        {
            sum += (y[i] - model[i]) * (y[i] - model[i]) * weights[i];
        }

        return sum / (y.Length - Columns);
    }
}
