using CryoHub.Analyses.Edx.Peaks;
using CryoHub.Analyses.Tests.Eels;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Edx;

public sealed class EdxPeaksTests
{
    private static readonly EdxPeaks Peaks = new();
    private static readonly EdxPeaksParameters Usual = new();

    [Fact]
    public async Task Elements_of_random_specimens_are_found_and_hardly_any_other()
    {
        string[] usual = ["C", "N", "O", "F", "Na", "Mg", "Al", "Si", "P", "S", "Cl", "K", "Ca", "Ti", "Cr", "Mn", "Fe", "Co", "Ni", "Cu", "Zn", "Ga", "Ge", "Br", "Zr", "Nb", "Ag", "Sn", "I", "La", "Pt", "Au", "Pb", "Bi"];
        var random = new Random(1);
        var (right, missed, wrong) = (0, 0, 0);
        for (var seed = 0; seed < 20; seed++)
        {
            var atoms = random.GetItems(usual, 5).Distinct().ToDictionary(symbol => symbol, _ => 0.2 + random.NextDouble());
            var phantom = new EdxPhantom { Resolution = random.Next(124, 145), Shift = random.Next(-12, 13) };

            var results = await Run.Async(Peaks, phantom.Signal(phantom.Spectrum(atoms, 2e5, seed)), Usual);

            var found = Found(results).ToHashSet();
            right += found.Count(atoms.ContainsKey);
            wrong += found.Count(symbol => !atoms.ContainsKey(symbol));
            missed += atoms.Keys.Count(symbol => !found.Contains(symbol));
        }

        Assert.True(2.0 * right / ((2 * right) + wrong + missed) >= 0.95, $"{right} right, {wrong} wrong, {missed} missed");
    }

    [Fact]
    public async Task Scale_and_resolution_are_found_with_the_elements()
    {
        var phantom = new EdxPhantom { Resolution = 138, Shift = 9 };
        var atoms = new Dictionary<string, double> { ["O"] = 3, ["Ti"] = 1, ["Sr"] = 1 };

        var results = await Run.Async(Peaks, phantom.Signal(phantom.Spectrum(atoms, 3e5, 2)), Usual);

        Assert.Equal(["O", "Sr", "Ti"], Found(results).Order());
        // at Ti Ka, where the counts are: shift and stretch stand in for each other
        Assert.Equal(9, results.Numbers["Shift of the energy scale"].Value + (4511 * results.Numbers["Stretch of the energy scale"].Value / 100), 2.0);
        Assert.Equal(138, results.Numbers["Resolution at Mn Kα (FWHM)"].Value, 3.0);
    }

    [Fact]
    public async Task Overlapping_lines_are_marked_and_a_named_choice_is_kept()
    {
        var phantom = new EdxPhantom();
        var atoms = new Dictionary<string, double> { ["F"] = 1, ["Fe"] = 1 };

        var results = await Run.Async(Peaks, phantom.Signal(phantom.Spectrum(atoms, 2e5, 3)), Usual with { Elements = ["F", "Fe", "Mn"] });

        Assert.Equal(["F", "Fe"], Found(results).Order());
        var lines = results.Tables["Lines"];
        var row = lines[0].Values.ToList().IndexOf("F Kα");
        Assert.Contains("Fe Lα", (string)lines.Single(column => column.Name == "Overlaps with").Values[row]);
    }

    [Fact]
    public async Task Sum_peaks_are_no_elements()
    {
        var phantom = new EdxPhantom();
        var counts = phantom.Mean(new Dictionary<string, double> { ["Si"] = 1 }, 1e6);
        var noise = new CryoHub.Analyses.Phantoms.Noise(4);
        float[] piled = [.. counts.Select((mean, i) => (float)noise.Poisson(mean + (3000 * 10 * Math.Exp(-0.5 * Math.Pow((-470 + (10 * i) - 3479.4) / 45, 2)) / (45 * Math.Sqrt(2 * Math.PI)))))];

        var results = await Run.Async(Peaks, phantom.Signal(piled), Usual);

        Assert.Equal(["Si"], Found(results));
        Assert.Contains("sum of Si K + Si K", results.Tables["Lines"][0].Values);
    }

    [Fact]
    public async Task The_dust_particle_shows_its_elements_and_no_other()
    {
        var signal = await EelsRun.RealAsync("bruker/0.bcf");

        var results = await Run.Async(Peaks, signal, Usual);

        var found = Found(results).ToArray();
        Assert.All(new[] { "C", "O", "Ga", "Mg", "Si", "Pt", "S", "Ti", "Fe", "Cu" }, symbol => Assert.Contains(symbol, found));
        Assert.All(found, symbol => Assert.Contains(symbol, signal.Header.Metadata.Elements!));   // the fifteen that the file lists, which the search does not read
        Assert.Contains("grid", Remark(results, "Cu"));
        Assert.Contains("gallium", Remark(results, "Ga"));
    }

    [Theory]
    [InlineData("bruker/Hitachi_TM3030Plus.bcf", "Al, Cu")]
    [InlineData("bruker/test_TEM.bcf", "N, O, Si, Ti")]
    [InlineData("msa/III-E K412[0][4].msa", "Al, C, Ca, Fe, Mg, O, Si")]   // NIST glass K412, coated with carbon
    public async Task Real_spectra_show_their_elements(string file, string elements) =>
        Assert.Equal(elements, string.Join(", ", Found(await Run.Async(Peaks, await EelsRun.RealAsync(file), Usual)).Order()));

    [Fact]
    public async Task Bad_input_is_named_with_numbers()
    {
        var phantom = new EdxPhantom();
        var counts = phantom.Spectrum(new Dictionary<string, double> { ["Fe"] = 1 }, 1e4, 5);
        var negative = counts.ToArray();
        negative[200] = -3;

        Assert.Contains("no beam energy", await Run.ProblemAsync(Peaks, Run.Signal(SignalKind.Spectrum, counts, new Axis("energy", 2048, "eV", AxisRole.Energy, 10, -470)), Usual));
        Assert.Contains("states no unit", await Run.ProblemAsync(Peaks, Run.Signal(SignalKind.Spectrum, counts, new Axis("energy", 2048, "", AxisRole.Energy)), Usual));
        Assert.Contains("step of -10 eV", await Run.ProblemAsync(Peaks, Run.Signal(SignalKind.Spectrum, counts, new Axis("energy", 2048, "eV", AxisRole.Energy, -10, 20000)), Usual));
        Assert.Contains("lowest -3", await Run.ProblemAsync(Peaks, phantom.Signal(negative), Usual));
        Assert.Contains("holds no counts", await Run.ProblemAsync(Peaks, phantom.Signal(new float[2048]), Usual));
        Assert.Contains("no chemical symbol", await Run.ProblemAsync(Peaks, phantom.Signal(counts), Usual with { Elements = ["Xx"] }));
        Assert.Contains("Lithium", await Run.ProblemAsync(Peaks, phantom.Signal(counts), Usual with { Elements = ["Li"] }));
        Assert.Contains("nothing to fit from 30000", await Run.ProblemAsync(Peaks, phantom.Signal(counts), Usual with { FromEv = 30000 }));
    }

    private static IEnumerable<string> Found(CollectedResults results) => results.Tables["Elements"][0].Values.Cast<string>();

    private static string Remark(CollectedResults results, string symbol)
    {
        var table = results.Tables["Elements"];
        return (string)table.Single(column => column.Name == "Remark").Values[table[0].Values.ToList().IndexOf(symbol)];
    }
}
