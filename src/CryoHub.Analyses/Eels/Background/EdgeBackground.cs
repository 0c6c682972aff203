using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Eels.Background;

/// <summary>The background of one edge: fitted spectrum by spectrum, each on its own.</summary>
internal abstract class EdgeBackground(EdgeChannels edge)
{
    public EdgeChannels Edge { get; } = edge;

    /// <summary>Numbers that describe one fitted background.</summary>
    public abstract int Unknowns { get; }

    /// <summary>Numbers of a spectrum that may be added up over pixels and then give the shape of all of them.</summary>
    public abstract int Statistics { get; }

    /// <summary>Name and unit of <see cref="EdgeFit.Shape"/>; empty where there is none worth a map.</summary>
    public abstract (string Name, string Unit) ShapeName { get; }

    /// <summary>Fills the numbers that may be added up.</summary>
    public abstract void Summarise(ReadOnlySpan<float> fitted, Span<double> statistics);

    /// <summary>Fits <paramref name="fitted"/>, the channels of <see cref="EdgeChannels.FitChannels"/>; <paramref name="shared"/> gives the shape where it is not empty. NaN in <paramref name="unknowns"/> where there is no fit.</summary>
    /// <returns>Counts of the background under the edge, their variance, the shape and the misfit.</returns>
    public abstract (double Background, double Variance, double Shape, double Misfit) Fit(ReadOnlySpan<float> fitted, ReadOnlySpan<double> shared, Span<double> unknowns);

    /// <summary>Takes the background off the channels from <paramref name="first"/> on.</summary>
    public abstract void Subtract(ReadOnlySpan<float> counts, int first, ReadOnlySpan<double> unknowns, Span<float> net);

    /// <summary>Fits one spectrum.</summary>
    public EdgeFit Fit(ReadOnlySpan<float> spectrum, Span<float> scratch, ReadOnlySpan<double> shared, Span<double> unknowns)
    {
        var gross = WindowSums.Of(spectrum.Slice(Edge.Signal.First, Edge.Signal.Count));
        var (background, variance, shape, misfit) = Fit(Edge.Gather(spectrum, scratch), shared, unknowns);
        var error = Math.Sqrt(Math.Max(gross, 0) + variance);
        return double.IsFinite(gross - background + error) ? new EdgeFit(gross - background, error, shape, misfit) : EdgeFit.None;
    }
}
