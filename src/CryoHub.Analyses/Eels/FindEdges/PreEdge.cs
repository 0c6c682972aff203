namespace CryoHub.Analyses.Eels.FindEdges;

/// <summary>A power law through the counts before an edge, with what its misfit adds to the uncertainty of its continuation.</summary>
internal sealed class PreEdge
{
    private const double Group = 2;          // eV: misfit is looked at in groups, noise of channels averages out in them
    private const double Steepest = 8;
    private const double Floor = 0.003;       // no background of a real spectrum is a power law to better than that

    private readonly double exponent;
    private readonly double logarithm;       // of the counts at the window's middle
    private readonly double middle;
    private readonly double width;
    private readonly double misfit;

    private PreEdge(double exponent, double logarithm, double middle, double width, double misfit) =>
        (this.exponent, this.logarithm, this.middle, this.width, this.misfit) = (exponent, logarithm, middle, width, misfit);

    /// <summary>The background before an edge; <c>null</c> where fewer than five channels are in the window.</summary>
    public static PreEdge? Of(NoisySpectrum spectrum, double from, double to)
    {
        if (from < spectrum.Lowest || to - from < 5 * spectrum.Step)
        {
            return null;
        }

        var groups = (int)Math.Clamp((to - from) / Math.Max(Group, spectrum.Step), 5, 40);
        var middle = (from + to) / 2;
        var (x, y) = (new double[groups], new double[groups]);
        for (var g = 0; g < groups; g++)
        {
            var (low, high) = (from + ((to - from) * g / groups), from + ((to - from) * (g + 1) / groups));
            x[g] = Math.Log((low + high) / 2 / middle);
            y[g] = Math.Log(spectrum.Mean(low, high).Mean);
        }

        var (meanX, meanY) = (x.Average(), y.Average());
        var slope = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
        slope = Math.Clamp(slope, -Steepest, 0);   // a background does not rise
        var squares = x.Zip(y, (a, b) => b - meanY - (slope * (a - meanX))).Sum(rest => rest * rest);
        return new PreEdge(-slope, meanY - (slope * meanX), middle, to - from, Math.Sqrt((squares / Math.Max(1, groups - 2)) + (Floor * Floor)) / Math.Sqrt(groups));
    }

    /// <summary>Counts of the background at that energy.</summary>
    public double At(double energy) => Math.Exp(logarithm - (exponent * Math.Log(energy / middle)));

    /// <summary>Relative uncertainty of the background there: that of a straight line through logarithms, growing with the distance.</summary>
    public double Relative(double energy)
    {
        var distance = Math.Abs(energy - middle) / width;
        return misfit * Math.Sqrt(1 + (12 * distance * distance));
    }

    /// <summary>ln of what the background loses over <paramref name="width"/> eV from there on.</summary>
    public double Fall(double energy, double distance) => exponent * distance / energy;
}
