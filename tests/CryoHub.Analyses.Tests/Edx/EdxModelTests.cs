using CryoHub.Analyses.Edx.Fit;
using CryoHub.Analyses.Edx.Model;
using CryoHub.Analyses.Edx.XRays;
using CryoHub.Analyses.Phantoms;
using CryoHub.Analyses.Spectra;
using CryoHub.Analyses.Tests.Eels;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Edx;

public sealed class EdxModelTests
{
    private static readonly EdxModel Model = new();
    private static readonly Dictionary<string, double> Oxide = new() { ["O"] = 3, ["Ti"] = 1, ["Sr"] = 1 };

    [Fact]
    public void Two_thirds_of_500_noise_draws_lie_within_one_sigma()
    {
        const double counts = 1e5;
        var phantom = new EdxPhantom(channels: 1024, step: 20, origin: 0);
        var atoms = new Dictionary<string, double> { ["C"] = 1, ["O"] = 3, ["Fe"] = 1, ["F"] = 1 };
        var mean = phantom.Mean(atoms, counts);
        var detector = new SiliconDetector(DetectorWindow.Windowless);
        var table = new XRayTable(200e3);
        SpectrumPart[] parts = [.. new[] { 6, 8, 9, 26 }.SelectMany(table.Of).Where(family => family.Main.EnergyEv > 200).Select(family => SpectrumPart.Of(family, detector))];
        var scale = new EnergyScale(new Axis("energy", 1024, "eV", AxisRole.Energy, 20));
        var (inside, bias) = (new int[parts.Length], new double[parts.Length]);
        Parallel.For(0, 500, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed =>
        {
            var noise = new Noise(seed);
            var data = new SpectrumData(scale, [.. mean.Select(count => (float)noise.Poisson(count))], 200e3, 150, null);
            var fit = new SpectrumModel(data, detector, 200e3).Fit(parts, new PeakScale(0, 0, 130, 2.5, 0, 0, 0.05));
            lock (inside)
            {
                for (var p = 0; p < parts.Length; p++)
                {
                    var miss = (fit.Counts[p] - phantom.Expected(parts[p].Name, atoms, counts)) / fit.Error(p);
                    inside[p] += Math.Abs(miss) < 1 ? 1 : 0;
                    bias[p] += miss / 500;
                }
            }
        });

        Assert.All(inside, count => Assert.InRange(count / 500.0, 0.60, 0.76));
        Assert.All(bias, miss => Assert.InRange(miss, -0.4, 0.4));   // in sigmas
    }

    [Fact]
    public async Task Fluorine_and_iron_overlap_and_are_separated()
    {
        var phantom = new EdxPhantom();
        var atoms = new Dictionary<string, double> { ["F"] = 3, ["Fe"] = 1 };
        var counts = 1e4 / phantom.Expected("Fe L", atoms, 1);

        var results = await Run.Async(Model, phantom.Signal(phantom.Spectrum(atoms, counts, 7)), new EdxModelParameters { Elements = ["F", "Fe"] });

        foreach (var name in new[] { "F K", "Fe L" })
        {
            var (value, _, error) = results.Numbers[$"{name}: net counts"];
            var expected = phantom.Expected(name, atoms, counts);
            Assert.InRange(value, expected - Math.Max(0.05 * expected, 3 * error!.Value), expected + Math.Max(0.05 * expected, 3 * error!.Value));
        }
    }

    [Fact]
    public async Task Maps_are_unbiased_at_a_few_counts_and_add_up_to_the_region()
    {
        const int side = 48;
        var phantom = new EdxPhantom();
        var mean = phantom.Mean(Oxide, 20);
        var noise = new Noise(8);
        float[] cube = [.. Enumerable.Range(0, side * side).SelectMany(_ => mean.Select(count => (float)noise.Poisson(count)))];
        cube.AsSpan(0, phantom.Channels).Clear();

        var results = await Run.Async(Model, phantom.Signal(cube, side, side), new EdxModelParameters { Elements = ["O", "Ti", "Sr"] });

        foreach (var name in new[] { "O K", "Ti K", "Sr L" })
        {
            var map = results.Images[$"{name} net counts"].Pixels;
            var errors = results.Images[$"{name} net counts: uncertainty"].Pixels;
            Assert.True(float.IsNaN(map[0]));
            var (sum, _, error) = results.Numbers[$"{name}: net counts"];
            Assert.Equal(sum, map.Skip(1).Sum(value => (double)value), 3 * error!.Value);
            var truth = phantom.Expected(name, Oxide, 20);
            Assert.Equal(truth, map.Skip(1).Average(value => (double)value), 4 * error.Value / (side * side));
            Assert.Equal(1, map.Skip(1).Average(value => (value - truth) * (value - truth)) / errors.Skip(1).Average(sigma => (double)sigma * sigma), 0.12);   // variance of 2303 draws: 3 %, skewed
        }

        Assert.Contains(results.Warnings, warning => warning.StartsWith("1 of 2304 pixels hold no counts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_box_adds_up_its_pixels()
    {
        var phantom = new EdxPhantom();
        var pixel = phantom.Spectrum(Oxide, 4000, 9);
        float[] cube = [.. Enumerable.Repeat(pixel, 25).SelectMany(counts => counts)];

        var one = await Run.Async(Model, phantom.Signal(cube, 5, 5), new EdxModelParameters { Elements = ["O", "Ti", "Sr"] });
        var nine = await Run.Async(Model, phantom.Signal(cube, 5, 5), new EdxModelParameters { Elements = ["O", "Ti", "Sr"], Box = 3 });

        foreach (var (a, b) in one.Images["Ti K net counts"].Pixels.Zip(nine.Images["Ti K net counts"].Pixels))
        {
            Assert.Equal(9, b / a, 1e-4);
        }
    }

    [Fact]
    public async Task Real_oxide_has_its_counts()
    {
        var results = await Run.Async(Model, await EelsRun.RealAsync("emd/EDS-STO.emd"), new EdxModelParameters { Elements = ["O", "Ti", "Sr", "Cu", "Si"] });

        Assert.True(results.Numbers["Chi-squared per degree of freedom"].Value < 1.5);
        Assert.True(results.Numbers["Ti K: net counts"].Value > 100 * results.Numbers["Ti K: net counts"].Uncertainty);
    }

    [Fact]
    public async Task Bad_input_is_named_with_numbers()
    {
        var phantom = new EdxPhantom();
        var few = new float[phantom.Channels];
        few[100] = 5;
        var counts = phantom.Spectrum(Oxide, 1e4, 10);

        Assert.Contains("5 counts cannot decide", await Run.ProblemAsync(Model, phantom.Signal(few), new EdxModelParameters { Elements = ["O", "Ti"] }));
        Assert.Contains("U has a line", (await Run.ProblemAsync(Model, phantom.Signal(counts), new EdxModelParameters { Elements = ["U"], ToEv = 2500 })).Replace("no ", "", StringComparison.Ordinal));
        Assert.Contains("lies outside the picture of 1 x 1", await Run.ProblemAsync(Model, phantom.Signal(counts), new EdxModelParameters { Region = new Region { X = 3, Width = 2, Height = 1 } }));
    }
}
