using System.Globalization;
using CryoHub.Analyses.Eels.CrossSections;
using CryoHub.Analyses.Eels.Edges;
using CryoHub.Analyses.Eels.FindEdges;
using CryoHub.Analyses.Phantoms;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Eels;

public sealed class EelsEdgesTests
{
    private static readonly EelsEdges Finder = new();
    private static readonly Beam Beam = new(200, 10, 20);

    /// <summary>
    /// One to three edges of the elements one meets in batteries, 45 eV or more apart, 15 to 100 % over the background, chemical shifts to 2 eV, fine structure, counting
    /// noise of ordinary doses.
    /// </summary>
    [Fact]
    public async Task Of_200_simulated_spectra_95_of_100_edges_are_named_and_few_are_invented()
    {
        var noise = new Noise(11);
        var (present, named, invented) = (0, 0, 0);
        var misses = new List<string>();
        for (var trial = 0; trial < 200; trial++)
        {
            var (origin, step) = (trial % 3) switch { 0 => (200.0, 0.5), 1 => (120.0, 0.25), _ => (400.0, 0.5) };
            var truth = Pick(noise, origin, origin + (step * 1600));
            var spectrum = new CoreLoss(origin, step, 1800).Background(Math.Pow(10, noise.Between(4, 5.5)), noise.Between(2.3, 3.4), origin);
            foreach (var edge in truth)
            {
                spectrum.Jump(edge.Name, Math.Exp(noise.Between(Math.Log(0.15), 0)), Beam, noise.Between(0, 2));
            }

            var results = await EelsRun.Async(Finder, new EelsEdgesParameters { LargestShift = 3 }, ("signal", EelsRun.Spectrum(spectrum.Draw(noise), step, origin)));

            var found = results.Tables["Edges"].First(column => column.Name == "Element").Values.Cast<string>().ToArray();
            present += truth.Length;
            named += truth.Count(edge => found.Contains(edge.Element));
            invented += found.Count(element => truth.All(edge => edge.Element != element));
            if (truth.Any(edge => !found.Contains(edge.Element)) || found.Any(element => truth.All(edge => edge.Element != element)))
            {
                misses.Add($"{string.Join(", ", truth.Select(edge => edge.Name))}: found {string.Join(", ", found)}");
            }
        }

        TestContext.Current.SendDiagnosticMessage($"agreement: {named} of {present} edges named, {invented} invented");
        Assert.True(named >= 0.95 * present && invented <= 0.05 * present, $"{named} of {present} named, {invented} invented:\n{string.Join("\n", misses)}");
    }

    /// <summary>Elements: what the specimens are. Peaks: END-TO-END.md of the files, read off the counts; tolerances are the width of the maxima.</summary>
    [Theory]
    [InlineData("dm3/EELS_STO.dm3", "Ti O", "L3 456.3 0.3", "L2 461.5 0.3")]
    [InlineData("dm3/08_carbon.dm3", "C", "pi* 285 1.2", "sigma* 294.8 1")]
    [InlineData("dm4/EELS_SI.dm4", "O")]
    [InlineData("msa/hl.msa", "Ti O", "L3 461 0.5", "L2 466 0.5")]
    [InlineData("hspy/Cr_L_cl.hspy", "Cr", "L3 574.9 0.5", "L2 583.4 0.5")]
    public async Task Edges_of_real_spectra_are_named_and_nothing_else(string file, string elements, params string[] peaks)
    {
        var results = await EelsRun.Async(Finder, new EelsEdgesParameters(), ("signal", await EelsRun.RealAsync(file)));

        Assert.Equal(elements.Split(' '), Text(results, "Edges", "Element"));
        var (labels, energies) = (Text(results, "Fine structure", "Label"), Numbers(results, "Fine structure", "Energy"));
        foreach (var words in peaks.Select(peak => peak.Split(' ')))
        {
            Assert.Contains(words[0], labels);
            Assert.Equal(double.Parse(words[1], CultureInfo.InvariantCulture), energies[Array.IndexOf(labels, words[0])], double.Parse(words[2], CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public async Task A_scale_that_is_wrong_by_several_eV_is_noticed_and_said()
    {
        var spectrum = new CoreLoss(400, 0.5, 1200).Background(1e5, 3, 400).Jump("Ti L3", 0.6, Beam, 6).Jump("O K", 0.4, Beam, 6).Jump("Fe L3", 0.4, Beam, 6);

        var results = await EelsRun.Async(Finder, new EelsEdgesParameters(), ("signal", EelsRun.Spectrum(spectrum.Draw(new Noise(4)), 0.5, 400)));

        Assert.Equal(["Ti", "O", "Fe"], Text(results, "Edges", "Element"));
        Assert.Equal(6, results.Numbers["Energy scale too high by"].Value, 2);
        Assert.Contains(results.Warnings, warning => warning.Contains("too high: align on the zero-loss peak", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_background_without_an_edge_has_none_and_says_so()
    {
        var noise = new Noise(5);
        for (var trial = 0; trial < 10; trial++)
        {
            var spectrum = new CoreLoss(100, 0.5, 1200).Background(Math.Pow(10, noise.Between(3, 6)), noise.Between(2, 4), 100);
            var results = await EelsRun.Async(Finder, new EelsEdgesParameters { LargestShift = 2 }, ("signal", EelsRun.Spectrum(spectrum.Draw(noise), 0.5, 100)));

            Assert.Empty(Text(results, "Edges", "Element"));
            Assert.Contains(results.Warnings, warning => warning.StartsWith("No edge stands out", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Labels_hold_every_edge_of_the_elements_found()
    {
        var spectrum = new CoreLoss(400, 0.5, 1200).Background(1e5, 3, 400).Jump("Ti L3", 0.6, Beam, 0);

        var results = await EelsRun.Async(Finder, new EelsEdgesParameters(), ("signal", EelsRun.Spectrum(spectrum.Draw(new Noise(4)), 0.5, 400)));

        Assert.Equal(["Ti L3", "Ti L2", "Ti L1"], Text(results, "Labels", "Edge"));
        Assert.Equal([456, 462, 564], Numbers(results, "Labels", "Energy"));
    }

    [Fact]
    public async Task Bad_input_is_refused_with_the_numbers()
    {
        var energies = new Axis("energy", 64, "", AxisRole.Energy);
        var zeros = EelsRun.Spectrum(new float[64], 1, 100);

        Assert.Contains("needs energies; the axis \"energy\"", await EelsRun.ProblemAsync(Finder, new EelsEdgesParameters(), ("signal", EelsRun.Signal(new float[64], SignalKind.Spectrum, energies))), StringComparison.Ordinal);
        Assert.Contains("must rise in equal steps", await EelsRun.ProblemAsync(Finder, new EelsEdgesParameters(), ("signal", EelsRun.Spectrum(new float[64], -1, 100))), StringComparison.Ordinal);
        Assert.Contains("no counts: its highest channel holds 0", await EelsRun.ProblemAsync(Finder, new EelsEdgesParameters(), ("signal", zeros)), StringComparison.Ordinal);
        Assert.Contains("no edges of \"Qq\"", await EelsRun.ProblemAsync(Finder, new EelsEdgesParameters { Elements = ["Qq"] }, ("signal", zeros)), StringComparison.Ordinal);
        Assert.Contains("at least 32 channels; \"test\" has 8", await EelsRun.ProblemAsync(Finder, new EelsEdgesParameters(), ("signal", EelsRun.Spectrum(new float[8], 1, 100))), StringComparison.Ordinal);
        Assert.Contains("has no value in 1 of 64 channels", await EelsRun.ProblemAsync(Finder, new EelsEdgesParameters(), ("signal", EelsRun.Spectrum([.. new float[63], float.NaN], 1, 100))), StringComparison.Ordinal);
    }

    private static string[] Text(CollectedResults results, string table, string column) => [.. results.Tables[table].First(other => other.Name == column).Values.Cast<string>()];

    private static double[] Numbers(CollectedResults results, string table, string column) => [.. results.Tables[table].First(other => other.Name == column).Values.Cast<double>()];

    private static EelsEdge[] Pick(Noise noise, double from, double to)
    {
        string[] elements = ["B", "C", "N", "O", "F", "Na", "Mg", "Al", "Si", "P", "S", "Cl", "K", "Ca", "Ti", "V", "Cr", "Mn", "Fe", "Co", "Ni", "Cu", "Zn"];
        var all = elements.SelectMany(EdgeTable.Of).Where(edge => edge.IsMajor && edge.Shell is "K" or "L3" or "L2,3" && edge.OnsetEv > from + 35 && edge.OnsetEv < to - 40).ToArray();
        var picked = new List<EelsEdge>();
        for (var i = 0; i < 3; i++)
        {
            var edge = all[(int)noise.Between(0, all.Length - 1e-9)];
            if (picked.All(other => other.Element != edge.Element && Math.Abs(other.OnsetEv - edge.OnsetEv) > 45))
            {
                picked.Add(edge);
            }
        }

        return [.. picked.OrderBy(edge => edge.OnsetEv)];
    }
}
