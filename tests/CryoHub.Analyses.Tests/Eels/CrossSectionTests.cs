using CryoHub.Analyses.Eels.CrossSections;
using CryoHub.Analyses.Eels.Edges;
using CryoHub.Imaging;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Tests.Eels;

public sealed class CrossSectionTests
{
    private static readonly Beam At200 = new(200, 0, 10);
    private static readonly Beam At300 = new(300, 0, 10);
    private static readonly Beam Convergent = new(300, 20, 40);

    /// <summary>Barn within 20, 50 and 100 eV of the onset; HyperSpy 1.7.3, EELSCLEdge with hydrogenic strengths, which interpolates over few energies.</summary>
    [Theory]
    [InlineData("Li K", "48130 70778 80347 40911 60750 69488 42417 64331 75671")]
    [InlineData("B K", "3966 7795 11227 3514 6946 10071 4007 8093 12105")]
    [InlineData("C K", "1571 3300 5134 1420 2997 4689 1713 3683 5926")]
    [InlineData("N K", "697 1529 2513 644 1417 2340 824 1843 3120")]
    [InlineData("O K", "356 802 1369 335 758 1300 453 1039 1820")]
    [InlineData("F K", "189 435 764 182 421 742 261 610 1095")]
    [InlineData("Na K", "56.4 133 243 57.3 136 249 93.9 224 417")]
    [InlineData("Mg K", "32.0 76.3 141 33.5 80.1 149 59.0 142 267")]
    [InlineData("Ca L3", "2219 5495 9747 2002 4982 8896 2327 5878 10769")]
    [InlineData("Fe L3", "295 800 1576 283 770 1525 381 1050 2121")]
    [InlineData("Zn L3", "150 391 764 151 394 771 226 596 1186")]
    public void Hydrogenic_cross_sections_agree_with_the_regression_values(string name, string barns)
    {
        double[] barn = [.. barns.Split(' ').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];
        var edge = EdgeTable.Find(name.Split(' ')[0], name.Split(' ')[1])!;
        Beam[] beams = [At200, At300, Convergent];
        double[] windows = [20, 50, 100];
        for (var i = 0; i < 9; i++)
        {
            var model = new IonisationCrossSection(edge, beams[i / 3]);
            Func<double, double> part = edge.Family == 'L' ? model.L3 : model.At;
            var found = Integral(part, edge.OnsetEv, windows[i % 3]);
            Assert.InRange(found / barn[i], 0.97, 1.03);
        }
    }

    [Theory]
    [InlineData("Na")]
    [InlineData("Al")]
    [InlineData("P")]
    [InlineData("S")]
    [InlineData("Cl")]
    public void Two_sub_shells_of_one_onset_are_one_and_a_half_times_L3(string element)
    {
        var edge = EdgeTable.Find(element, "L2,3")!;
        var model = new IonisationCrossSection(edge, At200);

        Assert.Equal(1.5 * Integral(model.L3, edge.OnsetEv, 50), model.Between(edge.OnsetEv, edge.OnsetEv + 50), 1e-3 * model.Between(edge.OnsetEv, edge.OnsetEv + 50));
    }

    [Fact]
    public void The_effective_collection_of_the_reference_case_is_found()
    {
        // 300 kV, 20 and 40 mrad: 37.35 mrad at the carbon edge.
        Assert.Equal(37.35, new IonisationCrossSection(EdgeTable.Find("C", "K")!, Convergent).EffectiveCollectionMrad, 0.4);
        Assert.Equal(10, new IonisationCrossSection(EdgeTable.Find("C", "K")!, At200).EffectiveCollectionMrad, 1e-9);
    }

    /// <summary>Bethe sum rule: at large momentum transfer the strengths of a shell add up to its electrons, 2 for K and 8 for L.</summary>
    [Theory]
    [InlineData(6, 284)]
    [InlineData(9, 685)]
    [InlineData(12, 1305)]
    public void Strengths_of_a_K_shell_add_up_to_two_electrons(int z, double onset) =>
        Assert.Equal(2, Integral(energy => HydrogenicStrength.K(energy, 30.0 * z * z, z), Math.Log(onset), Math.Log(1e6 / onset), logarithmic: true), 0.01);

    [Theory]
    [InlineData("Li K", 55)]
    [InlineData("Ti L3", 456)]
    [InlineData("Ti L2", 462)]
    [InlineData("Al L3", 73)]
    [InlineData("Fe L3", 708)]
    [InlineData("Sr M5", 134)]
    [InlineData("La M4", 849)]
    public void Onsets_are_found_by_element_and_shell(string name, double onset) =>
        Assert.Equal(onset, EdgeTable.Find(name.Split(' ')[0], name.Split(' ')[1])!.OnsetEv);

    /// <summary>Binding energies rise with the charge of the nucleus: swapped digits would not (Moseley 1913).</summary>
    [Theory]
    [InlineData("K")]
    [InlineData("L1")]
    [InlineData("L2")]
    [InlineData("L3")]
    [InlineData("M2")]
    [InlineData("M3")]
    [InlineData("M4")]
    [InlineData("M5")]
    public void Onsets_of_a_shell_rise_smoothly_from_element_to_element(string shell)
    {
        var (first, power) = shell[0] == 'M' ? (37, 4) : (3, 3);   // the first transition metals' M shells are valence shells
        var edges = EdgeTable.All.Where(edge => edge.Z >= first).Select(edge => (edge.Element, edge.Z)).Distinct().Select(element => EdgeTable.Find(element.Element, shell)).OfType<EelsEdge>().OrderBy(edge => edge.Z).ToArray();

        Assert.True(edges.Length > 10);
        Assert.All(edges.Zip(edges.Skip(1)), pair => Assert.InRange(pair.Second.OnsetEv, pair.First.OnsetEv, pair.First.OnsetEv * Math.Pow((pair.Second.Z + 1.0) / (pair.First.Z - 1.0), power)));
    }

    [Fact]
    public void A_missing_or_impossible_beam_is_refused_in_words()
    {
        var metadata = AcquisitionMetadata.None with { BeamEnergyKeV = 300, ConvergenceMrad = 20 };

        Assert.Contains("collection semi-angle (mrad)", Assert.Throws<ProblemException>(() => Beam.Of(null, null, null, metadata)).Message, StringComparison.Ordinal);
        Assert.Contains("beam energy (E0, keV)", Assert.Throws<ProblemException>(() => Beam.Of(null, 1, 2, AcquisitionMetadata.None)).Message, StringComparison.Ordinal);
        Assert.Contains("found 300 keV, 20 mrad and -1 mrad", Assert.Throws<ProblemException>(() => Beam.Of(null, null, -1, metadata)).Message, StringComparison.Ordinal);
        Assert.Equal(new Beam(300, 20, 40), Beam.Of(null, null, 40, metadata));
    }

    private static double Integral(Func<double, double> f, double from, double width, bool logarithmic = false)
    {
        const int steps = 1000;
        var sum = 0.0;
        for (var i = 0; i < steps; i++)
        {
            var x = from + (width * (i + 0.5) / steps);
            sum += logarithmic ? f(Math.Exp(x)) * Math.Exp(x) : f(x);
        }

        return sum * width / steps;
    }
}
