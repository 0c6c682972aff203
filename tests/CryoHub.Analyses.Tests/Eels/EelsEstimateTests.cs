using CryoHub.Analyses.Eels.Align;
using CryoHub.Analyses.Eels.Background;
using CryoHub.Analyses.Eels.Deconvolve;
using CryoHub.Analyses.Eels.LowLoss;
using CryoHub.Analyses.Eels.Thickness;
using CryoHub.Analyses.Eels.Vibrational;
using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Eels;

public sealed class EelsEstimateTests
{
    public static TheoryData<IAnalysis, object> Analyses => new()
    {
        { new EelsAlign(), new EelsAlignParameters() },
        { new EelsBackground(), new EelsBackgroundParameters { Edges = [new EnergyWindow { From = 100, To = 120 }] } },
        { new EelsThickness(), new EelsThicknessParameters() },
        { new EelsDeconvolve(), new EelsDeconvolveParameters() },
        { new EelsLowLoss(), new EelsLowLossParameters() },
        { new EelsVibrational(), new EelsVibrationalParameters() },
    };

    /// <summary>A cube of 2 GiB took 226 MiB to align and 143 MiB to measure its thickness, as whole processes.</summary>
    [Theory]
    [MemberData(nameof(Analyses))]
    public void A_cube_of_2_GiB_needs_no_more_than_a_few_rows_and_its_maps(IAnalysis analysis, object parameters)
    {
        var estimate = analysis.Estimate(Ask(parameters, 1024, 512));
        Assert.InRange(estimate.MemoryBytes, 100L << 20, 450L << 20);
        Assert.InRange(estimate.Seconds, 5, 600);
    }

    [Theory]
    [MemberData(nameof(Analyses))]
    public void What_a_run_would_refuse_its_estimate_refuses(IAnalysis analysis, object parameters)
    {
        var problem = Assert.Throws<ProblemException>(() => analysis.Estimate(Ask(parameters, 4, 4, "")));
        Assert.Contains("states no unit, where eV, keV or meV was expected", problem.Message, StringComparison.Ordinal);
    }

    private static EstimateQuestion Ask(object parameters, long rows, long columns, string unit = "eV")
    {
        Axis[] axes = [new Axis("y", rows, "nm", AxisRole.Space), new Axis("x", columns, "nm", AxisRole.Space), new Axis("energy", 1024, unit, AxisRole.Energy, 0.25, -20)];
        var header = new SignalHeader("cube", SignalKind.SpectrumImage, PixelType.Float32, axes, AcquisitionMetadata.None, MetadataTree.Empty);
        return new EstimateQuestion(new Dictionary<string, SignalHeader> { ["signal"] = header }, parameters, 1L << 30);
    }
}
