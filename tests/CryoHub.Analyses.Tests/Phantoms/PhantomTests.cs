using CryoHub.Analyses.Phantoms;
using CryoHub.Analyses.Tomography;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Phantoms;

public sealed class PhantomTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(35)]
    [InlineData(90)]
    public void A_projection_of_an_ellipsoid_is_its_density_summed_along_the_beam(double degrees)
    {
        var body = new Ellipsoid(5, -3, 8, 12, 9, 7, 2.5);
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        foreach (var (u, y) in new[] { (3.0, -3.0), (7.0, 0.0), (10.0, -6.0) })
        {
            var sum = 0.0;
            for (var s = -40.0; s < 40; s += 0.01)
            {
                sum += body.Contains((u * cos) - (s * sin), y, (u * sin) + (s * cos)) ? body.Density * 0.01 : 0;
            }

            Assert.Equal(sum, body.Projection(u, y, cos, sin), 0.06); // two ends of 0.01 nm, density 2.5
        }
    }

    [Fact]
    public void The_deposit_is_lithium_inside_oxide_around_and_empty_in_its_pores()
    {
        var deposit = new LithiumDeposit(1);

        Assert.True(deposit.Pores.Count >= 15, $"{deposit.Pores.Count} pores");
        Assert.All(deposit.Pores, pore => Assert.Equal(0, deposit.DensityAt(pore.X, pore.Y, pore.Z), 1e-9));
        Assert.Equal(LithiumDeposit.ShellDensity, deposit.DensityAt(0, deposit.Bodies[1].B + 5, 0), 1e-9);
        Assert.Equal(0, deposit.DensityAt(0, deposit.Bodies[0].B + 40, 0));
    }

    [Fact]
    public async Task The_tomogram_of_the_deposit_shows_a_bright_shell_and_dark_pores()
    {
        var deposit = new LithiumDeposit(1);
        double[] angles = [.. Enumerable.Range(0, 61).Select(i => -60.0 + (2 * i))];
        var series = deposit.TiltSeries(angles, 96, 80, pixelNm: 4);

        var results = await Run.Async(new TomogramWbp(), series, new TomogramWbpParameters());

        var volume = results.Images["Tomogram"].Pixels;
        double Mean(Func<double, bool> wanted) => Enumerable.Range(0, volume.Length).Where(i => wanted(deposit.DensityAt(
            ((i % 96) - 47.5) * 4, ((i / 96 % 80) - 39.5) * 4, ((i / (96 * 80)) - 47.5) * 4))).Average(i => volume[i]);
        var (shell, metal, empty) = (Mean(density => density == LithiumDeposit.ShellDensity), Mean(density => density is > 0.5 and < 1.5), Mean(density => density == 0));
        Assert.True(shell > 2 * metal && metal > empty, $"shell {shell:g3}, metal {metal:g3}, empty {empty:g3}");
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_specimen_and_another_seed_another()
    {
        async Task<byte[]> Of(int seed)
        {
            var signal = new LatticeImage(seed, 64).Image();
            var bytes = new byte[signal.Header.FrameBytes];
            await signal.ReadFrameAsync(0, bytes, TestContext.Current.CancellationToken);
            return bytes;
        }

        Assert.Equal(await Of(1), await Of(1));
        Assert.NotEqual(await Of(1), await Of(2));
    }

    [Fact]
    public async Task Counting_noise_has_the_variance_of_its_mean()
    {
        var signal = new Interphase(5, columns: 40, rows: 30, channels: 200).SpectrumImage();
        var spectra = new float[40 * 200];
        var counts = new List<double>();
        for (var row = 0; row < 30; row++)
        {
            await signal.ReadAsync(row, spectra, TestContext.Current.CancellationToken);
            counts.AddRange(Enumerable.Range(0, 40).Select(x => (double)spectra[(x * 200) + 10])); // 37.5 eV, below every edge
        }

        var expected = 4000 * Math.Pow(37.5 / 55, -Interphase.Exponent);
        Assert.Equal(expected, counts.Average(), 4 * Math.Sqrt(expected / counts.Count));
        var variance = counts.Sum(count => Math.Pow(count - counts.Average(), 2)) / (counts.Count - 1);
        Assert.Equal(1, variance / expected, 4 * Math.Sqrt(2.0 / counts.Count));
    }
}
