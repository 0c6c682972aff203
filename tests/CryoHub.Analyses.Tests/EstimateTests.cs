using CryoHub.Analyses.Fourier;
using CryoHub.Analyses.Spectra;
using CryoHub.Analyses.Tomography;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests;

public sealed class EstimateTests
{
    private const long GiB = 1L << 30;

    /// <summary>Measured on the machine of the first release, two cores that others used too: 314 s and 1.29 GB.</summary>
    [Fact]
    public void A_large_tomogram_is_estimated_within_a_factor_of_three_of_what_was_measured()
    {
        var estimate = new TomogramWbp().Estimate(Ask(Series(121, 2048), new TomogramWbpParameters { Depth = 512 }));
        Assert.InRange(estimate.Seconds, 314 / 3.0, 314 * 3);
        Assert.InRange(estimate.MemoryBytes, 1.29e9, 2 * 1.29e9);
        Assert.Equal(2, estimate.Parts);
    }

    [Fact]
    public void More_memory_means_fewer_parts_and_never_more_than_it_allows()
    {
        var parameters = new TomogramWbpParameters { Depth = 128 };
        var parts = new[] { GiB / 8, GiB / 4, GiB, 4 * GiB }.Select(memory => new TomogramWbp().Estimate(Ask(Series(61, 2048), parameters, memory)).Parts).ToArray();
        Assert.Equal([8, 4, 1, 1], parts);   // 61 views of 2048 x 2051 floats are 0.95 GiB
    }

    [Fact]
    public void What_a_run_would_refuse_its_estimate_refuses_in_the_same_words()
    {
        var bare = Header(SignalKind.ImageStack, new Axis("frame", 3, "", AxisRole.Frame), Space("y", 64), Space("x", 64));
        var problem = Assert.Throws<ProblemException>(() => new TomogramWbp().Estimate(Ask(bare, new TomogramWbpParameters())));
        Assert.Equal("The file states no tilt angles: give 3, one for each projection, with the parameter or the input \"angles\".", problem.Message);
        problem = Assert.Throws<ProblemException>(() => new FftPeaks().Estimate(Ask(Header(SignalKind.Image, Space("y", 512), Space("x", 512)), new FftPeaksParameters { Box = new Region { Width = 16, Height = 16 } })));
        Assert.Equal("The box must be at least 32 x 32 px, found 16 x 16 px.", problem.Message);
        problem = Assert.Throws<ProblemException>(() => new SpectrumMap().Estimate(Ask(Header(SignalKind.Image, Space("y", 512), Space("x", 512)), new SpectrumMapParameters())));
        Assert.StartsWith("Spectrum map takes spectrum-image", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Twice_the_windows_of_a_spectrum_image_are_twice_the_maps()
    {
        var image = Header(SignalKind.SpectrumImage, Space("y", 2048), Space("x", 2048), new Axis("energy", 256, "eV", AxisRole.Energy, 2));
        var window = new EnergyWindow { From = 100, To = 140 };
        var one = new SpectrumMap().Estimate(Ask(image, new SpectrumMapParameters { Windows = [window] }));
        var two = new SpectrumMap().Estimate(Ask(image, new SpectrumMapParameters { Windows = [window, window] }));
        Assert.Equal(2048 * 2048 / 2e6, two.Seconds - one.Seconds, 6);
    }

    private static EstimateQuestion Ask(SignalHeader header, object parameters, long memory = GiB) => new(new Dictionary<string, SignalHeader> { ["signal"] = header }, parameters, memory);

    private static SignalHeader Series(int views, int size) =>
        Header(SignalKind.TiltSeries, new Axis("tilt", views, "deg", AxisRole.Tilt, Values: [.. Enumerable.Range(0, views).Select(view => -60 + (120.0 * view / (views - 1)))]), Space("y", size), Space("x", size));

    private static SignalHeader Header(SignalKind kind, params Axis[] axes) => new("test", kind, PixelType.Int16, axes, AcquisitionMetadata.None, MetadataTree.Empty);

    private static Axis Space(string name, int size) => new(name, size, "nm", AxisRole.Space);
}
