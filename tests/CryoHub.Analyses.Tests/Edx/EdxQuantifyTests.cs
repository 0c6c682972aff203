using CryoHub.Analyses.Edx.Model;
using CryoHub.Analyses.Edx.Quantify;
using CryoHub.Analyses.Edx.XRays;
using CryoHub.Analyses.Phantoms;
using CryoHub.Analyses.Profiles;
using CryoHub.Analyses.Spectra;
using CryoHub.Analyses.Tests.Eels;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Edx;

public sealed class EdxQuantifyTests
{
    private static readonly EdxQuantify Quantify = new();

    [Theory]
    [InlineData("O:3,Ti:1,Sr:1")]
    [InlineData("Li:0,C:2,O:3,Na:2")]
    [InlineData("O:4,P:1,Fe:1")]
    [InlineData("O:2,Ni:8,Mn:1,Co:1")]
    [InlineData("F:6,P:1,O:2,C:3")]
    [InlineData("Cu:3,Zn:2,S:5")]
    public async Task Composition_is_within_two_percent_at_1e5_counts(string formula)
    {
        var atoms = formula.Split(',').Select(pair => pair.Split(':')).Where(pair => pair[1] != "0").ToDictionary(pair => pair[0], pair => double.Parse(pair[1]));
        var phantom = new EdxPhantom { Resolution = 134, Shift = 4 };

        var results = await Run.Async(Quantify, phantom.Signal(phantom.Spectrum(atoms, 1e5 * atoms.Count, formula.Length)), new EdxQuantifyParameters { Elements = [.. atoms.Keys] });

        foreach (var (symbol, share) in atoms)
        {
            Assert.Equal(100 * share / atoms.Values.Sum(), results.Numbers[symbol].Value, 2.0);
        }
    }

    [Fact]
    public void Two_thirds_of_500_compositions_lie_within_one_sigma()
    {
        var phantom = new EdxPhantom(channels: 1024, step: 20, origin: 0);
        var atoms = new Dictionary<string, double> { ["O"] = 4, ["P"] = 1, ["Fe"] = 1 };
        var mean = phantom.Mean(atoms, 1e5);
        var detector = new SiliconDetector(DetectorWindow.Windowless);
        var table = new XRayTable(200e3);
        SpectrumPart[] parts = [.. new[] { 8, 15, 26 }.SelectMany(table.Of).Where(family => family.Main.EnergyEv > 200).Select(family => SpectrumPart.Of(family, detector))];
        QuantifiedLine[] lines = [.. Enumerable.Range(0, parts.Length).Where(part => parts[part].Family!.Shell == 'K')
            .Select(part => new QuantifiedLine(part, parts[part].Family!, parts[part].MainShare, CryoHub.Imaging.Crystals.AtomicWeights.Of(parts[part].Family!.Z) / QuantifiedLine.Yield(parts[part], detector), false))];
        var scale = new EnergyScale(new Axis("energy", 1024, "eV", AxisRole.Energy, 20));
        var inside = new int[3];
        Parallel.For(0, 500, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed =>
        {
            var noise = new Noise(1000 + seed);
            var data = new SpectrumData(scale, [.. mean.Select(count => (float)noise.Poisson(count))], 200e3, 150, null);
            var fit = new SpectrumModel(data, detector, 200e3).Fit(parts, new PeakScale(0, 0, 130, 2.5, 0, 0, 0.05));
            double[] covariance = [.. lines.SelectMany(a => lines.Select(b => fit.Covariance[a.Part, b.Part]))];
            var (found, errors) = (new double[3], new double[3]);
            new Composition(lines, null, 0).Solve(lines.Select(line => fit.Counts[line.Part]).ToArray(), covariance, found, errors);
            double[] truth = [4 / 6.0, 1 / 6.0, 1 / 6.0];
            for (var i = 0; i < 3; i++)
            {
                if (Math.Abs(found[i] - truth[i]) < errors[i])
                {
                    Interlocked.Increment(ref inside[i]);
                }
            }
        });

        Assert.All(inside, count => Assert.InRange(count / 500.0, 0.60, 0.76));
    }

    [Fact]
    public async Task Cliff_lorimer_and_zeta_are_those_of_hyperspy()
    {
        var random = new Random(2);
        float[] counts = [.. Enumerable.Range(0, 6 * 4 * 3).Select(_ => 500 + (2000 * random.NextSingle()))];   // [row, column, element]
        double[] k = [1.1, 1.6, 1.9], zeta = [700, 900, 1200];

        var oracle = await HyperSpy.AskAsync("""
            e = hs.signals.EDSTEMSpectrum(np.zeros((6, 4, 1024)))
                e.axes_manager[-1].scale, e.axes_manager[-1].offset, e.axes_manager[-1].units = 0.02, 0, "keV"
                e.set_microscope_parameters(beam_energy=200, beam_current=0.5, live_time=0.01)
                e.set_elements(["Fe", "O", "Ti"])
                e.set_lines(["Fe_Ka", "O_Ka", "Ti_Ka"])
                maps = [hs.signals.BaseSignal(s.data[..., i]).T for i in range(3)]
                for m, line in zip(maps, ["Fe_Ka", "O_Ka", "Ti_Ka"]):
                    m.metadata.set_item("Sample.xray_lines", [line])
                    m.metadata.set_item("Sample.elements", [line.split("_")[0]])
                e.metadata.Acquisition_instrument.TEM.Detector.EDS.real_time = 0.01
                cl = e.quantification(maps, "CL", factors=[1.1, 1.6, 1.9], composition_units="weight", navigation_mask=None)
                at = e.quantification(maps, "CL", factors=[1.1, 1.6, 1.9], composition_units="atomic", navigation_mask=None)
                mass, thick = e.quantification(maps, "zeta", factors=[700, 900, 1200], composition_units="weight", navigation_mask=None)
                out = {"cl": np.stack([c.data for c in cl]), "at": np.stack([c.data for c in at]), "mass": np.stack([c.data for c in mass]), "thick": thick.data}
            """.Replace("\n    ", "\n", StringComparison.Ordinal), counts, 6, 4, 1, 0);

        var table = new XRayTable(200e3);
        QuantifiedLine[] Lines(double[] factors) => [.. new[] { 26, 8, 22 }.Select((z, i) => new QuantifiedLine(i, table.Of(z).First(), 1, factors[i], true))];
        var (clLines, zetaLines) = (Lines(k), Lines(zeta));
        var electrons = 0.5e-9 * 0.01 / 1.602176634e-19;
        for (var pixel = 0; pixel < 24; pixel++)
        {
            double[] net = [.. Enumerable.Range(0, 3).Select(i => (double)counts[(pixel * 3) + i])];
            var (atoms, errors) = (new double[3], new double[3]);
            var plain = new Composition(clLines, null, 0);
            plain.Solve(net, net, atoms, errors);
            var weighed = new Composition(zetaLines, null, electrons);
            weighed.Solve(net, net, new double[3], errors);
            for (var i = 0; i < 3; i++)
            {
                Assert.Equal(1, 100 * plain.Masses[i] / oracle["cl"][(i * 24) + pixel], 1e-4);
                Assert.Equal(1, 100 * atoms[i] / oracle["at"][(i * 24) + pixel], 1e-4);
                Assert.Equal(1, 100 * weighed.Masses[i] / oracle["mass"][(i * 24) + pixel], 1e-4);
            }

            Assert.Equal(1, weighed.MassThickness / oracle["thick"][pixel], 1e-4);
        }
    }

    [Fact]
    public void Absorption_is_undone_for_cliff_lorimer_and_zeta()
    {
        var table = new XRayTable(200e3);
        double[] masses = [0.25, 0.35, 0.40], factors = [1.3, 1.0, 1.7];
        QuantifiedLine[] lines = [.. new[] { 8, 13, 26 }.Select((z, i) => new QuantifiedLine(i, table.Of(z).First(), 1, factors[i], true))];
        const double massThickness = 4.0e-5;   // g/cm2: 100 nm of 4 g/cm3
        var cosecant = 1 / Math.Sin(20 * Math.PI / 180);
        double[] counts = [.. lines.Select((line, i) =>
        {
            var x = lines.Select((element, j) => masses[j] * Xraylib.Attenuation(element.Family.Z, line.Family.Main.EnergyEv / 1e3)).Sum() * massThickness * cosecant;
            return 1e6 * masses[i] / factors[i] * (1 - Math.Exp(-x)) / x;
        })];

        var ratios = new Composition(lines, new Absorption(lines, 20, 100, 4), 0);
        Assert.True(ratios.Solve(counts, counts, new double[3], new double[3]));
        var zeta = new Composition(lines, new Absorption(lines, 20, null, null), 1e6 / (10 * massThickness));   // rho t in kg/m2 = sum of factor I A over the electrons
        Assert.True(zeta.Solve(counts, counts, new double[3], new double[3]));

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(masses[i], ratios.Masses[i], 1e-6);
            Assert.Equal(masses[i], zeta.Masses[i], 1e-5);
        }

        Assert.Equal(10 * massThickness, zeta.MassThickness, 1e-8);
    }

    [Fact]
    public async Task An_interface_is_seen_in_maps_profile_and_ternary()
    {
        const int side = 16;
        var phantom = new EdxPhantom(channels: 1024, step: 20, origin: 0);
        var oxide = phantom.Mean(new Dictionary<string, double> { ["O"] = 2, ["Si"] = 1 }, 3000);
        var sulfide = phantom.Mean(new Dictionary<string, double> { ["S"] = 1, ["Fe"] = 1 }, 3000);
        var noise = new Noise(11);
        float[] cube = [.. Enumerable.Range(0, side * side).SelectMany(pixel => (pixel % side < 8 ? oxide : sulfide).Select(count => (float)noise.Poisson(count)))];
        cube.AsSpan(0, phantom.Channels).Clear();

        var results = await Run.Async(Quantify, phantom.Signal(cube, side, side), new EdxQuantifyParameters
        {
            Elements = ["O", "Si", "S", "Fe"],
            Profile = new ProfileLine { FromX = 0, FromY = 8, ToX = 15, ToY = 8, Width = 9 },
            Ternary = ["O", "Si", "Fe"],
        });

        var oxygen = results.Images["O at%"].Pixels;
        Assert.True(float.IsNaN(oxygen[0]));
        Assert.Equal(66.7, oxygen.Where((value, pixel) => pixel % side < 8 && pixel > 0).Average(value => (double)value), 1.5);
        Assert.Equal(0, oxygen.Where((_, pixel) => pixel % side >= 8).Average(value => (double)value), 1.5);
        var (x, profile, unit, quantity, band) = results.Curves["Fe along the line"];
        Assert.Equal(("nm", "at%", 30.0), (unit, quantity, x[^1]));
        Assert.All(profile.Take(8).Zip(band), point => Assert.Equal(0, point.First, 5 * point.Second));
        Assert.All(profile.Skip(8).Zip(band.Skip(8)), point => Assert.Equal(50, point.First, 5 * point.Second));
        Assert.Contains("Ternary of O (left), Si (right), Fe (top)", results.Images.Keys);
    }

    [Fact]
    public async Task Oxides_of_a_glass_are_stated()
    {
        var phantom = new EdxPhantom();
        var glass = new Dictionary<string, double> { ["Si"] = 3, ["Ca"] = 1, ["Mg"] = 1, ["O"] = 8 };

        var results = await Run.Async(Quantify, phantom.Signal(phantom.Spectrum(glass, 1e6, 12)), new EdxQuantifyParameters { Elements = ["O", "Mg", "Si", "Ca"] });

        var table = results.Tables["Oxides"];
        var (silica, lime, magnesia) = (3 * 60.084, 56.077, 40.304);
        Assert.Equal(["MgO", "SiO2", "CaO"], table[0].Values);
        Assert.Equal(100 * silica / (silica + lime + magnesia), (double)table[1].Values[1], 1.0);
        Assert.Equal(1, results.Numbers["Oxygen measured for one that the oxides need"].Value, 0.03);
    }

    [Fact]
    public async Task A_beam_that_stops_in_the_specimen_is_warned_of()
    {
        var phantom = new EdxPhantom(beamKeV: 20);
        var signal = phantom.Signal(phantom.Spectrum(new Dictionary<string, double> { ["O"] = 1, ["Fe"] = 1 }, 1e5, 14));

        var slow = await Run.Async(Quantify, signal, new EdxQuantifyParameters { Elements = ["O", "Fe"], BeamEnergyKeV = 20 });

        Assert.Contains(slow.Warnings, warning => warning.StartsWith("At 20 keV electrons stop", StringComparison.Ordinal));
        Assert.Equal(50, slow.Numbers["O"].Value, 2.0);   // the phantom is a thin film all the same
    }

    [Fact]
    public async Task Bad_input_is_named_with_numbers()
    {
        var phantom = new EdxPhantom();
        var signal = phantom.Signal(phantom.Spectrum(new Dictionary<string, double> { ["O"] = 1, ["Fe"] = 1 }, 1e5, 13));
        var usual = new EdxQuantifyParameters { Elements = ["O", "Fe"] };

        Assert.Contains("live time of a pixel in s (found none)", await Run.ProblemAsync(Quantify, signal, usual with { Method = QuantificationMethod.Zeta, BeamCurrentNa = 1 }));
        Assert.Contains("no zeta factor for O K", await Run.ProblemAsync(Quantify, signal, usual with { Method = QuantificationMethod.Zeta, BeamCurrentNa = 1, LiveTimeS = 1 }));
        Assert.Contains("1 of 2", await Run.ProblemAsync(Quantify, signal, usual with { Factors = [new LineFactor { Line = "Fe K", Factor = 1.2 }] }));
        Assert.Contains("\"Ni K\", which is not fitted", await Run.ProblemAsync(Quantify, signal, usual with { Factors = [new LineFactor { Line = "Ni K", Factor = 1.2 }] }));
        Assert.Contains("1 is left", await Run.ProblemAsync(Quantify, signal, usual with { Excluded = ["Fe"] }));
        Assert.Contains("three of O, Fe", await Run.ProblemAsync(Quantify, signal, usual with { Ternary = ["O", "Fe", "Cu"] }));
    }
}
