using CryoHub.Formats.Cameca;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Cameca;

public sealed class CamecaTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Isotopes of the real file: five species, a hundred points of 16.384 s each; numbers seen in its bytes behind the head of 26820.</summary>
    [Fact]
    public async Task Isotope_curves_have_their_species_and_times()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        using var file = new FolderFile(SharedData.PathOf("sims/is01 R1 KH03-27 01.is"));
        var signal = Assert.Single(await new CamecaReader().OpenAsync(file, Token));
        Assert.Equal([5, 100], signal.Header.Shape);
        Assert.Equal(16.384, signal.Header.Axes[1].At(0));
        Assert.Equal(1638.4, signal.Header.Axes[1].At(99));
        Assert.Equal(BitConverter.ToDouble(await File.ReadAllBytesAsync(SharedData.PathOf("sims/is01 R1 KH03-27 01.is"), Token), 26820 + 8 + 800), (await signal.ValueAtAsync([0, 0], Token)).GetValue<double>());
        Assert.Equal("1H", signal.Header.Original.Find("species")![0]!.ToString());
        Assert.Equal("2H", signal.Header.Original.Find("species")![1]!.ToString());
        Assert.Equal("2017-12-05T14:59:00", signal.Header.Metadata.AcquiredAt);
    }

    [Theory]
    [InlineData("E0S.e0s", 6, 46, "12C")]
    [InlineData("PHDscan.phd", 1, 50, "12C2")]
    [InlineData("PHDscan_raw.phd", 1, 51, "12C2")]
    [InlineData("hmr_16O.hmr", 1, 50, "16O")]
    public async Task Scans_of_a_setting_are_curves(string name, int species, int points, string label)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        using var file = new FolderFile(SharedData.PathOf($"sims/{name}"));
        var signal = Assert.Single(await new CamecaReader().OpenAsync(file, Token));
        Assert.Equal([species, points], signal.Header.Shape);
        Assert.Equal(label, signal.Header.Original.Find("species")![0]!.ToString());
        Assert.Equal(species, signal.Header.Original.Find("species")!.AsArray().Count);
    }

    [Fact]
    public async Task Settings_without_data_are_refused_with_that_reason()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        using var file = new FolderFile(SharedData.PathOf("sims/line scan beam control.im"));
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new CamecaReader().OpenAsync(file, Token));
        Assert.Contains("holds no data", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Planes_of_all_masses_are_handed_out_mass_by_mass(bool bigEndian)
    {
        const int Head = 1024, Planes = 3, Masses = 2;
        var file = new byte[Head + (Planes * Masses * 4 * 2)];
        void Write(int at, long value, int bytes)
        {
            for (var i = 0; i < bytes; i++)
            {
                file[at + (bigEndian ? bytes - 1 - i : i)] = (byte)(value >> (8 * i));
            }
        }

        foreach (var (at, value, bytes) in ((int, int, int)[])[(0, 4108, 4), (4, 27, 4), (8, Head, 4), (16, 1, 4), (408, Masses, 4), (Head - 84, 84, 4), (Head - 78, 2, 2), (Head - 76, 2, 2), (Head - 74, 2, 2), (Head - 72, Masses, 2), (Head - 70, Planes, 2), (Head - 68, 5000, 4)])
        {
            Write(at, value, bytes);
        }

        "IMAGE"u8.CopyTo(file.AsSpan(28));
        "31.12.24"u8.CopyTo(file.AsSpan(92));
        for (var i = 0; i < Planes * Masses * 4; i++)
        {
            Write(Head + (2 * i), i, 2);
        }

        var signal = Assert.Single(await new CamecaReader().OpenAsync(new MemoryFile("x.im", file), Token));
        Assert.Equal([Masses, Planes, 2, 2], signal.Header.Shape);
        Assert.Equal((((2 * Masses) + 1) * 4 + 3).ToString(), (await signal.ValueAtAsync([1, 2, 1, 1], Token)).ToString());
        Assert.Equal((2500, "nm"), (signal.Header.Axes[3].Step, signal.Header.Axes[3].Unit));
    }
}
