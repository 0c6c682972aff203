using CryoHub.Analyses.Eels.CrossSections;
using CryoHub.Analyses.Eels.Edges;
using CryoHub.Analyses.Phantoms;

namespace CryoHub.Analyses.Tests.Eels;

/// <summary>A core-loss spectrum of known composition: power law and edges of physical cross sections, counts of a known dose.</summary>
internal sealed class CoreLoss(double originEv, double stepEv, int channels)
{
    private readonly List<(string Edge, double[] Counts)> edges = [];

    /// <summary>Expected counts of each channel.</summary>
    public double[] Expected { get; } = new double[channels];

    /// <summary>Expected counts of the edges added so far.</summary>
    public IReadOnlyList<(string Edge, double[] Counts)> Edges => edges;

    public double Energy(int channel) => originEv + (channel * stepEv);

    /// <summary>A E^-r with <paramref name="counts"/> a channel at <paramref name="atEv"/>.</summary>
    public CoreLoss Background(double counts, double exponent, double atEv) => Add(channel => counts * Math.Pow(Energy(channel) / atEv, -exponent));

    /// <summary>Atoms per nm^2 of an element seen with <paramref name="lowLoss"/> counts: N sigma I, one barn being 1e-10 nm^2.</summary>
    public CoreLoss Edge(string name, double atomsPerNm2, double lowLoss, Beam beam, double shiftEv = 0)
    {
        var barns = new IonisationCrossSection(Find(name), beam).Channels(originEv - (stepEv / 2), stepEv, channels, shiftEv);
        edges.Add((name, [.. barns.Select(barn => 1e-10 * atomsPerNm2 * barn * lowLoss)]));
        return Add(channel => edges[^1].Counts[channel]);
    }

    /// <summary>An edge whose first 30 eV stand <paramref name="jump"/> times above the background, with lines where the element has them.</summary>
    public CoreLoss Jump(string name, double jump, Beam beam, double shiftEv)
    {
        var edge = Find(name);
        var barns = new IonisationCrossSection(edge, beam).Channels(originEv - (stepEv / 2), stepEv, channels, shiftEv);
        var first = Enumerable.Range(0, channels).Where(channel => Energy(channel) - edge.OnsetEv - shiftEv is >= 5 and < 30).ToArray();
        var scale = jump * first.Average(channel => Expected[channel]) / first.Average(channel => barns[channel]);
        var level = scale * first.Average(channel => barns[channel]);
        var splitting = edge.Shell == "L3" ? EdgeTable.Find(edge.Element, "L2")!.OnsetEv - edge.OnsetEv : 0;
        double Line(double energy, double at, double width) => Math.Exp(-0.5 * (energy - at - edge.OnsetEv - shiftEv) * (energy - at - edge.OnsetEv - shiftEv) / (width * width));
        return Add(channel => (scale * barns[channel]) + (level * (edge.Shell == "L3" && edge.Z < 30
            ? (2.5 * Line(Energy(channel), 1, 1.2)) + (1.4 * Line(Energy(channel), splitting + 1, 1.3))
            : (0.4 * Line(Energy(channel), 2, 1)) + (0.3 * Line(Energy(channel), 10, 3)) + (0.1 * Line(Energy(channel), 32, 6)))));
    }

    /// <summary>A multiple of a known shape.</summary>
    public CoreLoss Add(double[] shape, double factor) => Add(channel => factor * shape[channel]);

    /// <summary>Two Gaussian lines at those energies; the second of <paramref name="counts"/>, the first <paramref name="ratio"/> times as many.</summary>
    public CoreLoss Lines(double first, double second, double counts, double ratio, double sigmaEv) => Add(channel =>
    {
        double At(double energy) => stepEv * Math.Exp(-0.5 * (Energy(channel) - energy) * (Energy(channel) - energy) / (sigmaEv * sigmaEv)) / (sigmaEv * Math.Sqrt(2 * Math.PI));
        return counts * ((ratio * At(first)) + At(second));
    });

    public float[] Draw(Noise noise) => [.. Expected.Select(mean => (float)noise.Poisson(mean))];

    public float[] Exact() => [.. Expected.Select(mean => (float)mean)];

    private static EelsEdge Find(string name) => EdgeTable.Find(name.Split(' ')[0], name.Split(' ')[1])!;

    private CoreLoss Add(Func<int, double> counts)
    {
        for (var channel = 0; channel < channels; channel++)
        {
            Expected[channel] += counts(channel);
        }

        return this;
    }
}
