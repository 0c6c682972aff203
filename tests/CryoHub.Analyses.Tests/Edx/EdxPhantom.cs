using CryoHub.Analyses.Edx.Model;
using CryoHub.Analyses.Edx.XRays;
using CryoHub.Analyses.Phantoms;
using CryoHub.Analyses.Tests.Eels;
using CryoHub.Imaging;
using CryoHub.Imaging.Crystals;

namespace CryoHub.Analyses.Tests.Edx;

/// <summary>
/// X-ray spectra of thin films of known composition: photons of every family by its cross section and the detector, sampled Gaussians and Kramers' background written anew
/// here, Poisson noise.
/// </summary>
internal sealed class EdxPhantom(double beamKeV = 200, int channels = 2048, double step = 10, double origin = -470)
{
    private readonly XRayTable table = new(beamKeV * 1e3);
    private readonly SiliconDetector detector = new(DetectorWindow.Windowless);

    /// <summary>FWHM at Mn Ka, eV.</summary>
    public double Resolution { get; init; } = 130;

    /// <summary>eV that all lines stand too high.</summary>
    public double Shift { get; init; }

    /// <summary>Background counts against those of all lines.</summary>
    public double Background { get; init; } = 0.5;

    public int Channels => channels;

    /// <summary>Expected counts of a family for atoms in these proportions, before scaling.</summary>
    public double Expected(string name, IReadOnlyDictionary<string, double> atoms) => Families(atoms).First(pair => pair.Family.Name == name).Counts;

    /// <summary>Expected counts in each channel; <paramref name="counts"/> are those of all lines in range.</summary>
    public double[] Mean(IReadOnlyDictionary<string, double> atoms, double counts)
    {
        var lines = new double[channels];
        foreach (var (family, photons) in Families(atoms))
        {
            var seen = family.Lines.Sum(line => line.Weight * detector.Efficiency(line.EnergyEv));
            foreach (var line in family.Lines)
            {
                var sigma = Math.Sqrt((Resolution * Resolution) + (2.5 * (line.EnergyEv - 5898.7))) / 2.35482;
                var area = photons * line.Weight * detector.Efficiency(line.EnergyEv) / seen;
                for (var i = 0; i < channels; i++)
                {
                    var distance = (origin + (i * step) - line.EnergyEv - Shift) / sigma;
                    lines[i] += Math.Abs(distance) < 8 ? area * step * Math.Exp(-distance * distance / 2) / (sigma * Math.Sqrt(2 * Math.PI)) : 0;
                }
            }
        }

        double[] kramers = [.. Enumerable.Range(0, channels).Select(i => origin + (i * step)).Select(ev => ev < 100 ? 0 : Math.Max(0, (1e3 * beamKeV) - ev) / ev * detector.Efficiency(ev))];
        var (scale, back) = (counts / lines.Sum(), Background * counts / kramers.Sum());
        return [.. lines.Zip(kramers, (line, background) => (scale * line) + (back * background))];
    }

    /// <summary>One spectrum with noise.</summary>
    public float[] Spectrum(IReadOnlyDictionary<string, double> atoms, double counts, int seed)
    {
        var noise = new Noise(seed);
        return [.. Mean(atoms, counts).Select(mean => (float)noise.Poisson(mean))];
    }

    public ArraySignal Signal(float[] counts, int rows = 1, int columns = 1)
    {
        var energy = new Axis("energy", channels, "eV", AxisRole.Energy, step, origin);
        return rows * columns == 1
            ? EelsRun.Signal(counts, SignalKind.Spectrum, energy)
            : EelsRun.Signal(counts, SignalKind.SpectrumImage, new Axis("y", rows, "nm", AxisRole.Space, 2), new Axis("x", columns, "nm", AxisRole.Space, 2), energy);
    }

    private IEnumerable<(XRayFamily Family, double Counts)> Families(IReadOnlyDictionary<string, double> atoms) =>
        from atom in atoms
        from family in table.Of(Enumerable.Range(1, 98).First(z => ChemicalSymbols.Of(z) == atom.Key))
        where family.Main.EnergyEv > 150 && family.Main.EnergyEv < origin + (channels * step)
        select (family, atom.Value * family.PhotonArea * family.Lines.Sum(line => line.Weight * detector.Efficiency(line.EnergyEv)));
}
