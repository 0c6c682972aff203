using System.Text;
using CryoHub.Formats.Ebsd;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Ebsd;

public sealed class EbsdTextTests
{
    [Fact]
    public async Task Columns_that_the_header_names_carry_those_names_and_phases_are_groups()
    {
        const string Text = "# HEADER: Start\n# Phase 1\n# MaterialName Nickel\n# hklFamilies 1 1 1\n# hklFamilies 2 0 0\n# Phase 2\n# MaterialName Iron\n# COLUMN_HEADERS: phi1, PHI, phi2, x, y, IQ\n# HEADER: End\n1 2 3 0 0 9\n1 2 3 1 0 8\n";
        var header = (await new AngReader().OpenAsync(File("a.ang", Text), Ct))[0].Header;
        Assert.Equal(SignalKind.EbsdMap, header.Kind);
        Assert.Equal(["phi1", "PHI", "phi2", "x", "y", "IQ"], header.Columns!.Select(column => column.Name));
        Assert.Equal("rad", header.Columns![0].Unit);
        Assert.Equal("Iron", (string?)header.Original.Root["phases"]![1]!["MaterialName"]);
        Assert.Equal(2, header.Original.Root["phases"]![0]!["hklFamilies"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_decimal_comma_is_a_point()
    {
        const string Text = "Channel Text File\r\nXCells\t2\r\nEuler angles refer to Sample Coordinate system (CS0)!\tMag\t200\tKV\t15,5\r\nPhases\t1\r\n3,2;3,2;5,1\t90;90;120\tZr\t9\t0\r\nPhase\tX\tY\tMAD\tBC\r\n1\t0,5\t0,0\t0,7\t\r\n0\t1,0\t0,0\t0,1\t\r\n";
        var signal = (await new CtfReader().OpenAsync(File("a.ctf", Text), Ct))[0];
        Assert.Equal([2, 4], signal.Header.Shape);   // BC is named, never written
        Assert.Equal(0.7, (double)await signal.ValueAtAsync([0, 3], Ct));
        Assert.Equal(15.5, signal.Header.Metadata.BeamEnergyKeV);
        Assert.Equal(200, signal.Header.Metadata.Magnification);
    }

    [Theory]
    [InlineData("1 2 3 0 word\n")]
    [InlineData("1 2 3 0\n")]
    public async Task A_map_without_angles_and_position_is_refused(string rows) =>
        await Assert.ThrowsAsync<ProblemException>(() => new AngReader().OpenAsync(File("a.ang", $"# x\n{rows}"), Ct));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static MemoryFile File(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));
}
