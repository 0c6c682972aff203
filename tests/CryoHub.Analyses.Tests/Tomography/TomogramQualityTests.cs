using CryoHub.Analyses.Tomography;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Tomography;

public sealed class TomogramQualityTests
{
    private static readonly TomogramQuality Quality = new();

    [Fact]
    public async Task Two_noisy_halves_cross_where_theory_says()
    {
        // Signal exp(-(k/s)^2) in amplitude, white noise: SNR(k) = (a exp(-k^2/s^2))^2, FSC = SNR / (1 + SNR).
        const int size = 64;
        const double s = 0.2, a = 30;
        var random = new Random(2);
        var (signal, one, two) = (White(random), White(random), White(random));
        var smooth = Gaussian(signal, size, s);
        float[] Half(float[] noise) => [.. smooth.Select((value, i) => (float)((a * value) + noise[i]))];

        var results = new CollectedResults();
        var inputs = new Dictionary<string, ISignal> { ["signal"] = Volume(Half(one)), ["second"] = Volume(Half(two)) };
        await Quality.RunAsync(new AnalysisRun(inputs, new TomogramQualityParameters(), new Progress<Step>(), results, CancellationToken.None), TestContext.Current.CancellationToken);

        var crossing = s * Math.Sqrt(0.5 * Math.Log(a * a * (1 - 0.143) / 0.143));
        Assert.Equal(1, results.Numbers["Resolution at 0.143"].Value / (2 / crossing), 0.05); // voxels of 2 nm
        var (k, fsc, error) = (results.Curves["Fourier shell correlation"].X, results.Curves["Fourier shell correlation"].Y, results.Curves["Fourier shell correlation"].Error);
        for (var i = 4; i < k.Length; i++)
        {
            var snr = Math.Pow(a * Math.Exp(-Math.Pow(2 * k[i] / s, 2)), 2);
            Assert.Equal(snr / (1 + snr), fsc[i], (5 * error[i]) + 0.08); // shells are as wide as the curve falls in a few of them
        }

        float[] White(Random source) => [.. Enumerable.Range(0, size * size * size).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - source.NextDouble())) * Math.Cos(2 * Math.PI * source.NextDouble())))];
        ArraySignal Volume(float[] voxels) => Run.Signal(SignalKind.Volume, voxels, Space("z", size), Space("y", size), Space("x", size));
    }

    [Fact]
    public async Task Even_and_odd_views_of_a_phantom_agree_at_coarse_and_part_at_fine_frequencies()
    {
        double[] degrees = [.. Enumerable.Range(0, 61).Select(i => -60.0 + (2 * i))];
        const int size = 64, rows = 16;
        var random = new Random(3);
        var blobs = Enumerable.Range(0, 40).Select(_ => (X: 44 * (random.NextDouble() - 0.5), Y: 16 * (random.NextDouble() - 0.5), Z: 44 * (random.NextDouble() - 0.5))).ToArray();
        var pixels = new float[degrees.Length * rows * size];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (sin, cos) = Math.SinCos(degrees[i / (rows * size)] * Math.PI / 180);
            var (u, y) = ((i % size) - 31.5, (i / size % rows) - 7.5);
            var sum = blobs.Sum(blob => 10 * Math.Exp(-(Math.Pow((blob.X * cos) + (blob.Z * sin) - u, 2) + Math.Pow(blob.Y - y, 2)) / 6));
            pixels[i] = (float)(sum + (3 * (random.NextDouble() - 0.5)));
        }

        var signal = Run.Signal(SignalKind.TiltSeries, pixels, new Axis("tilt", degrees.Length, "deg", AxisRole.Tilt, Values: degrees), Space("y", rows), Space("x", size));
        var results = await Run.Async(Quality, signal, new TomogramQualityParameters { TiltAxis = 0 });

        var fsc = results.Curves["Fourier shell correlation"].Y;
        Assert.True(fsc[3] > 0.9, $"coarse {fsc[3]:0.##}");
        Assert.InRange(fsc[^2], -0.3, 0.3);
        Assert.InRange(results.Numbers["Resolution at 0.143"].Value, 2 * 2.0, 2 * 12.0); // blobs of sigma 1.7 px
        Assert.True(results.Numbers["Resolution at 0.143"].Value < results.Numbers["Resolution at 0.5"].Value);
        Assert.Equal(58, results.Numbers["Missing wedge"].Value);
        var picture = results.Images["Missing wedge (log power, kz against kx)"].Pixels; // along kz nothing was measured, along kx it was
        Assert.True(picture[(32 * size) + 32 + 8] - picture[((32 + 8) * size) + 32] > 1);
    }

    [Fact]
    public async Task Bad_input_is_refused_with_the_numbers()
    {
        var small = Run.Signal(SignalKind.TiltSeries, new float[3 * 8 * 8], new Axis("tilt", 3, "deg", AxisRole.Tilt, 30, -30), Space("y", 8), Space("x", 8));
        Assert.Equal("Even and odd halves need at least 4 views, found 3.", await Run.ProblemAsync(Quality, small, new TomogramQualityParameters()));
        var inputs = new Dictionary<string, ISignal>
        {
            ["signal"] = Run.Signal(SignalKind.Volume, new float[8], Space("z", 2), Space("y", 2), Space("x", 2)),
            ["second"] = Run.Signal(SignalKind.Volume, new float[12], Space("z", 3), Space("y", 2), Space("x", 2)),
        };
        var problem = await Assert.ThrowsAsync<ProblemException>(() => Quality.RunAsync(new AnalysisRun(inputs, new TomogramQualityParameters(), new Progress<Step>(), new CollectedResults(), CancellationToken.None), TestContext.Current.CancellationToken));
        Assert.Equal("Two half volumes must have the same three axes; found 2 x 2 x 2 and 3 x 2 x 2.", problem.Message);
    }

    /// <summary>Convolution with the Gaussian whose transform is exp(-(k/s)^2), one axis after the other, periodic.</summary>
    private static float[] Gaussian(float[] volume, int size, double s)
    {
        const int reach = 8;
        double[] weights = [.. Enumerable.Range(-reach, (2 * reach) + 1).Select(x => s * Math.Sqrt(Math.PI) * Math.Exp(-Math.Pow(Math.PI * s * x, 2)))];
        foreach (var stride in new[] { 1, size, size * size })
        {
            var result = new float[volume.Length];
            for (var i = 0; i < volume.Length; i++)
            {
                var (at, sum) = (i / stride % size, 0.0);
                for (var d = -reach; d <= reach; d++)
                {
                    sum += weights[d + reach] * volume[i + ((((at + d + size) % size) - at) * stride)];
                }

                result[i] = (float)sum;
            }

            volume = result;
        }

        return volume;
    }

    private static Axis Space(string name, int size) => new(name, size, "nm", AxisRole.Space, 2);
}
