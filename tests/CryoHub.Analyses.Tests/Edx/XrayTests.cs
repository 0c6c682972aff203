using CryoHub.Analyses.Edx.Model;
using CryoHub.Analyses.Edx.XRays;

namespace CryoHub.Analyses.Tests.Edx;

public sealed class XrayTests
{
    [Theory]
    [InlineData(6, 'K', "Kα", 277.4)]
    [InlineData(8, 'K', "Kα", 524.9)]
    [InlineData(14, 'K', "Kα", 1739.7)]
    [InlineData(14, 'K', "Kβ", 1838.9)]
    [InlineData(26, 'L', "Lα", 704.5)]
    [InlineData(29, 'L', "Lβ1", 949.4)]
    [InlineData(47, 'L', "Lα", 2984.4)]
    [InlineData(82, 'L', "Lα", 10541.4)]   // La1 10551.5 and La2 10449.5 as 100 to 11
    [InlineData(82, 'M', "Mα", 2345.9)]
    [InlineData(57, 'M', "Mα", 833.0)]
    public void Lines_stand_where_the_tables_have_them(int z, char shell, string line, double ev)
    {
        var family = new XRayTable(200e3).Of(z).Single(family => family.Shell == shell);

        Assert.Equal(ev, family.Lines.First(found => found.Name == line).EnergyEv, 6.0);   // Chantler et al. 2005; Ka2 draws the doublet down a little
        Assert.Equal(1, family.Lines.Sum(found => found.Weight), 1e-9);
    }

    [Fact]
    public void K_alpha_doublets_of_iron_are_one_line_at_their_mean()
    {
        var iron = new XRayTable(200e3).Of(26).First();

        Assert.Equal(6399, iron.Main.EnergyEv, 1.0);   // (2 x 6403.8 + 6390.8) / 3, X-ray Data Booklet
        Assert.Equal(0.12, iron.Lines.Where(line => line.Name == "Kβ").Sum(line => line.Weight), 0.01);
    }

    [Fact]
    public void A_beam_below_an_edge_excites_nothing()
    {
        Assert.DoesNotContain(new XRayTable(7e3).Of(26), family => family.Shell == 'K');
        Assert.Contains(new XRayTable(7e3).Of(26), family => family.Shell == 'L');
    }

    /// <summary>Values of Bote and Salvat's program xion for distorted waves; the optical-data model is known to agree with them to about 20 %.</summary>
    [Theory]
    [InlineData(12, 3, 1.29569e4, 1.24124e-18)]
    [InlineData(12, 3, 5.78762e6, 1.30393e-19)]
    [InlineData(23, 1, 1.53993e4, 2.63509e-20)]
    [InlineData(45, 6, 1.22321e3, 2.11571e-19)]
    [InlineData(67, 0, 1.63117e5, 1.36404e-23)]
    [InlineData(78, 8, 2.98538e3, 2.02808e-20)]
    [InlineData(99, 2, 1.00000e9, 1.39024e-22)]
    public void Electrons_ionise_as_distorted_waves_say(int z, int shell, double beamEv, double area) =>
        Assert.Equal(1, ElectronIonisation.CrossSection(z, shell, beamEv) / area, 0.2);

    [Theory]
    [InlineData(13, 10.0, 26.23)]    // NIST XCOM, cm2/g
    [InlineData(29, 8.0, 52.55)]
    [InlineData(14, 1.5, 535.0)]
    public void Attenuation_is_that_of_nist(int z, double kev, double area) => Assert.Equal(1, Xraylib.Attenuation(z, kev) / area, 0.03);

    [Fact]
    public void What_the_tables_do_not_hold_is_zero()
    {
        Assert.Equal(0, Xraylib.LineEnergy(1, -3));
        Assert.Equal(0, Xraylib.FluorescenceYield(6, Xraylib.M5));
    }

    [Fact]
    public void A_detector_counts_no_carbon_through_beryllium_and_all_copper()
    {
        Assert.True(new SiliconDetector(DetectorWindow.Beryllium).Efficiency(277) < 1e-6);
        Assert.InRange(new SiliconDetector(DetectorWindow.Windowless).Efficiency(8048), 0.98, 1);   // 0.45 mm of silicon stops exp(-6.8) short of all
        Assert.InRange(new SiliconDetector(DetectorWindow.Windowless).Efficiency(277), 0.4, 0.8);
        Assert.InRange(new SiliconDetector(DetectorWindow.Polymer).Efficiency(277), 0.2, 0.6);
    }

    [Fact]
    public void Two_percent_of_phosphorus_and_half_a_percent_of_iron_escape()
    {
        Assert.Equal(0.0175, SiliconDetector.EscapeShare(2013), 0.005);   // Reed and Ware 1972, figure 2
        Assert.Equal(0.005, SiliconDetector.EscapeShare(6400), 0.0025);
        Assert.Equal(0, SiliconDetector.EscapeShare(1700));
    }
}
