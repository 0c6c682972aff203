using System.Text;
using CryoHub.Formats.Ebsd;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Ebsd;

public sealed class EbsdBinaryTests
{
    /// <summary>The three known beginnings of the map: the steps at once, after a zero, after the count of its bytes.</summary>
    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 10)]
    [InlineData(2, 10)]
    [InlineData(0, 14)]
    public async Task The_rows_of_an_osc_file_are_found_behind_its_mark(int version, int width)
    {
        const int Points = 4;
        List<byte> file = [0xB9, 0x0B, 0xEF, 0xFF, .. new byte[20], .. BitConverter.GetBytes(Points), .. new byte[40], 0xB9, 0x0B, 0xEF, 0xFF, 1, 0, 0, 0, .. new byte[64], 0xB9, 0x0B, 0xEF, 0xFF, 2, 0, 0, 0];
        file.AddRange(version switch { 1 => new byte[4], 2 => BitConverter.GetBytes(4 * ((Points * width) + 2)), _ => [] });
        foreach (var value in (float[])[0.25f, 0.25f, .. Enumerable.Range(0, Points).SelectMany(point => Row(point, width))])
        {
            file.AddRange(BitConverter.GetBytes(value));
        }

        var signal = Assert.Single(await new OscReader().OpenAsync(new MemoryFile("a.osc", file.ToArray()), Ct));
        Assert.Equal([Points, width], signal.Header.Shape);
        Assert.Equal(0.75, (double)await signal.ValueAtAsync([3, 3], Ct));
        Assert.Equal(302, (double)await signal.ValueAtAsync([3, 2], Ct));
        Assert.Equal("confidence index", signal.Header.Columns![6].Name);
    }

    [Fact]
    public async Task An_osc_file_that_promises_more_points_than_it_holds_is_refused()
    {
        byte[] file = [0xB9, 0x0B, 0xEF, 0xFF, .. new byte[20], 255, 255, 255, 127, .. new byte[8], 0xB9, 0x0B, 0xEF, 0xFF, 2, 0, 0, 0, .. new byte[100]];
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new OscReader().OpenAsync(new MemoryFile("a.osc", file), Ct));
        Assert.Contains("promises 2147483647 points", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patterns_need_their_settings_and_end_where_the_file_ends()
    {
        var settings = Encoding.Latin1.GetBytes("[NORDIF]\n[Microscope]\nAccelerating voltage\t20\tkV\nTilt angle\t70\t°\n[Acquisition settings]\nResolution\t3x2\tpx\nExposure time\t3500\tµs\n[Area]\nNumber of samples\t2x2\t#\n");
        var bytes = Enumerable.Range(0, 20).Select(i => (byte)i).ToArray();   // three patterns of six bytes and a rest
        var signal = (await new NordifReader().OpenAsync(new MemoryFile("Pattern.dat", bytes, new Dictionary<string, byte[]> { ["Setting.txt"] = settings }), Ct))[0];
        Assert.Equal([3, 2, 3], signal.Header.Shape);
        Assert.Equal(17, (byte)await signal.ValueAtAsync([2, 1, 2], Ct));
        Assert.Equal(20, signal.Header.Metadata.BeamEnergyKeV);
        Assert.Equal(70, signal.Header.Metadata.TiltDeg);
        Assert.Equal(3.5e-3, signal.Header.Metadata.ExposureS!.Value, 1e-12);
        await Assert.ThrowsAsync<ProblemException>(() => new NordifReader().OpenAsync(new MemoryFile("Pattern.dat", bytes), Ct));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static IEnumerable<float> Row(int point, int width) => Enumerable.Range(0, width).Select(column => column switch { 3 => 0.25f * point, 4 => 0, _ => (100 * point) + column });
}
