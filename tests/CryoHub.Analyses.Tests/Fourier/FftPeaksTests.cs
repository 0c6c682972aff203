using CryoHub.Analyses.Fourier;
using CryoHub.Analyses.Phantoms;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Fourier;

public sealed class FftPeaksTests
{
    private static readonly FftPeaks Peaks = new();

    [Theory]
    [InlineData(0.248, 17)]
    [InlineData(0.2667, 131)]
    [InlineData(0.163, 90)]
    [InlineData(0.31, 0)]
    public async Task A_plane_wave_is_found_to_a_fiftieth_of_a_frequency_step(double spacing, double direction)
    {
        const int size = 200;
        const double pixel = 0.02;
        var random = new Random(2);
        var image = new float[size * size];
        var (sin, cos) = Math.SinCos(direction * Math.PI / 180);
        for (var i = 0; i < image.Length; i++)
        {
            image[i] = (float)(50 + (10 * Math.Cos(2 * Math.PI * (((i % size) * cos) - ((i / size) * sin)) * pixel / spacing)) + random.NextDouble());
        }

        var results = await Run.Async(Peaks, Image(image, size, size, pixel), new FftPeaksParameters());

        var step = 1 / (size * pixel);
        var (k, sigma) = (1 / results.Numbers["Spacing 1"].Value, results.Numbers["Spacing 1"].Uncertainty!.Value / Math.Pow(results.Numbers["Spacing 1"].Value, 2));
        Assert.Equal(1 / spacing, k, 0.02 * step);
        Assert.InRange(Math.Abs(k - (1 / spacing)), 0, 3 * sigma);
        var turn = Math.Abs(results.Numbers["Direction 1"].Value - direction);
        Assert.InRange(Math.Min(turn, 180 - turn), 0, 0.02 * step * spacing * 180 / Math.PI);
        Assert.Single(results.Tables["Peaks"][0].Values);
    }

    [Fact]
    public async Task The_generated_lattice_shows_lithium_and_its_oxide()
    {
        var truth = new LatticeImage(4);

        var results = await Run.Async(Peaks, truth.Image(), new FftPeaksParameters());

        var table = results.Tables["Peaks"];
        var found = table[0].Values.Zip(table[2].Values, (d, angle) => (Spacing: (double)d, Direction: (double)angle)).ToArray();
        foreach (var (spacing, direction) in truth.Reflections)
        {
            // Lithium fills 5 nm of the image; an oxide grain is 2.5 nm wide, which blurs its peak to 0.4 1/nm, a tenth of k.
            var (relative, degrees) = spacing == LatticeImage.LithiumSpacing ? (0.005, 0.5) : (0.03, 3.0);
            Assert.Contains(found, peak => Math.Abs(peak.Spacing - spacing) < relative * spacing && Math.Abs(peak.Direction - direction) < degrees);
        }
    }

    [Fact]
    public async Task Noise_alone_shows_no_peak_and_a_warning_says_so()
    {
        var random = new Random(9);
        var image = Enumerable.Range(0, 256 * 256).Select(_ => random.NextSingle()).ToArray();

        var results = await Run.Async(Peaks, Image(image, 256, 256, 0.02), new FftPeaksParameters());

        Assert.Equal(0, results.Numbers["Peaks found"].Value);
        Assert.Contains(results.Warnings, warning => warning.StartsWith("No peak reaches 30 times the local background", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_power_spectrum_has_reciprocal_axes_around_zero()
    {
        var results = await Run.Async(Peaks, Image(new float[64 * 100], 64, 100, 0.5), new FftPeaksParameters { Box = new Region { X = 4, Y = 0, Width = 80, Height = 64 } });

        var axes = results.Images["Power spectrum (log10)"].Header.Axes;
        Assert.Equal(["1/nm", "1/nm"], axes.Select(axis => axis.Unit));
        Assert.Equal(1 / (80 * 0.5), axes[1].Step, 1e-12);
        Assert.Equal(0, axes[0].At(32), 1e-12);
        Assert.Equal(0, axes[1].At(40), 1e-12);
    }

    [Fact]
    public async Task Bad_input_is_refused_with_the_numbers()
    {
        var image = Image(new float[64 * 64], 64, 64, 1);
        var pixels = new float[64 * 64];
        pixels[65] = float.NaN;

        Assert.Equal("The box must be at least 32 x 32 px, found 8 x 64 px.", await Run.ProblemAsync(Peaks, image, new FftPeaksParameters { Box = new Region { Width = 8, Height = 64 } }));
        Assert.Equal("The region of 0 x 4 px is empty.", await Run.ProblemAsync(Peaks, image, new FftPeaksParameters { Box = new Region { Height = 4 } }));
        Assert.Contains("lies outside the picture of 64 x 64 px", await Run.ProblemAsync(Peaks, image, new FftPeaksParameters { Box = new Region { X = 1, Width = 64, Height = 64 } }), StringComparison.Ordinal);
        Assert.Contains("holds 1 of 4096 pixels without a value (NaN or infinite), the first at x 1, y 1.", await Run.ProblemAsync(Peaks, Image(pixels, 64, 64, 1), new FftPeaksParameters()), StringComparison.Ordinal);
        Assert.Contains("frame 3 of \"test\" (64 x 64) does not exist: there is 1 frame.", await Run.ProblemAsync(Peaks, image, new FftPeaksParameters { Frame = 3 }), StringComparison.Ordinal);
        Assert.Contains("is spectrum of 64", await Run.ProblemAsync(Peaks, Run.Signal(SignalKind.Spectrum, new float[64], new Axis("energy", 64, "eV", AxisRole.Energy)), new FftPeaksParameters()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_calibration_spacings_are_pixels_and_a_warning_says_so()
    {
        var image = Enumerable.Range(0, 64 * 64).Select(i => MathF.Cos(2 * MathF.PI * (i % 64) / 4f)).ToArray();

        var results = await Run.Async(Peaks, Run.Signal(SignalKind.Image, image, new Axis("y", 64, "", AxisRole.Space, 0.5), new Axis("x", 64, "", AxisRole.Space, 0.5)), new FftPeaksParameters());

        Assert.Equal("px", results.Numbers["Spacing 1"].Unit);
        Assert.Equal(4, results.Numbers["Spacing 1"].Value, 0.01);
        Assert.Contains("The image is not calibrated: spacings are in pixels.", results.Warnings);
    }

    private static ArraySignal Image(float[] pixels, int rows, int columns, double nm) =>
        Run.Signal(SignalKind.Image, pixels, new Axis("y", rows, "nm", AxisRole.Space, nm), new Axis("x", columns, "nm", AxisRole.Space, nm));
}
