using System.Buffers.Binary;
using System.Text;
using CryoHub.Formats.Mrc;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Mrc;

public sealed class TiltAnglesTests
{
    private const string Mdoc = "Voltage = 300\n\n[T =     Tilt axis angle = 85.3, binning = 4  spot = 8  camera = 2]\n\n[ZValue = 1]\nTiltAngle = 2.5\nExposureDose = 1.5\n\n[ZValue = 0]\nTiltAngle = -2.5\nExposureDose = 1.5\n\n[ZValue = 2]\nTiltAngle = 7.5\nExposureDose = 1.5\n";

    [Theory]
    [InlineData("ts.tlt", "-1\n0\n1\n", new double[] { -1, 0, 1 })]
    [InlineData("ts.rawtlt", " -60.00  0\r\n 0.00  1\r\n 60.00  2\r\n", new double[] { -60, 0, 60 })]
    [InlineData("ts.st.mdoc", Mdoc, new double[] { -2.5, 2.5, 7.5 })]
    [InlineData("ts.mdoc", Mdoc, new double[] { -2.5, 2.5, 7.5 })]
    public async Task Angles_come_from_the_file_beside_the_stack(string name, string text, double[] expected)
    {
        var header = await OpenAsync(Stack(), (name, text));
        Assert.Equal(SignalKind.TiltSeries, header.Kind);
        Assert.Equal("deg", header.Axes[0].Unit);
        Assert.Equal(expected, header.Axes[0].Values);
    }

    [Fact]
    public async Task Refined_angles_win_over_recorded_ones()
    {
        var header = await OpenAsync(Stack(), ("ts.rawtlt", "1\n2\n3\n"), ("ts.st.mdoc", Mdoc), ("ts.tlt", "4\n5\n6\n"));
        Assert.Equal([4, 5, 6], header.Axes[0].Values);
        Assert.Equal(".tlt", (string?)header.Original.Find("tiltAnglesFrom"));
    }

    [Fact]
    public async Task The_mdoc_gives_voltage_axis_angle_and_total_dose()
    {
        var header = await OpenAsync(Stack(), ("ts.st.mdoc", Mdoc));
        Assert.Equal(300, header.Metadata.BeamEnergyKeV);
        Assert.Equal(85.3, header.Metadata.TiltAxisDeg);
        Assert.Equal(4.5, header.Metadata.FluenceEPerA2);
    }

    [Theory]
    [InlineData("1\n2\n")]
    [InlineData("1\n2\n3\n4\n")]
    [InlineData("0\n0\n0\n")]
    [InlineData("1\ntwo\n3\n")]
    [InlineData("")]
    public async Task Angles_that_do_not_fit_the_sections_are_not_taken(string text) =>
        Assert.Equal(SignalKind.ImageStack, (await OpenAsync(Stack(), ("ts.tlt", text))).Kind);

    [Fact]
    public async Task FEI_records_give_angle_voltage_and_dose()
    {
        var records = new byte[3 * 768];
        for (var i = 0; i < 3; i++)
        {
            var record = records.AsSpan(768 * i);
            BinaryPrimitives.WriteInt32LittleEndian(record, 768);
            BinaryPrimitives.WriteDoubleLittleEndian(record[84..], 300_000);
            BinaryPrimitives.WriteDoubleLittleEndian(record[92..], 2e20);
            BinaryPrimitives.WriteDoubleLittleEndian(record[100..], 3 * (i - 1));
        }

        var header = await OpenAsync(Stack(records, "FEI1"));
        Assert.Equal([-3, 0, 3], header.Axes[0].Values);
        Assert.Equal(300, header.Metadata.BeamEnergyKeV);
        Assert.Equal(2, header.Metadata.FluenceEPerA2!.Value, 1e-12);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SerialEM_records_give_hundredths_of_a_degree(bool bigEndian)
    {
        // NINT 2 bytes a section, flags 1: the angle times 100.
        short[] angles = [-6000, 5, 6000];
        var extended = angles.SelectMany(angle => bigEndian ? BitConverter.GetBytes(angle).Reverse().ToArray() : BitConverter.GetBytes(angle)).ToArray();
        var file = Stack(extended, "SERI", bigEndian);
        file[bigEndian ? 129 : 128] = 2;
        file[bigEndian ? 131 : 130] = 1;
        Assert.Equal([-60, 0.05, 60], (await OpenAsync(file)).Axes[0].Values);
    }

    [Fact]
    public async Task Agard_records_begin_with_the_angle()
    {
        var extended = new byte[3 * 12];
        for (var i = 0; i < 3; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(extended.AsSpan((12 * i) + 4), 1.5f * i);
        }

        var file = Stack(extended, "AGAR");
        file[128] = 1;   // one integer
        file[130] = 2;   // two reals
        Assert.Equal([0, 1.5, 3], (await OpenAsync(file)).Axes[0].Values);
    }

    [Fact]
    public async Task A_real_mdoc_gives_the_angles_that_an_independent_parser_found()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var text = await File.ReadAllTextAsync(SharedData.PathOf("mdoc/tilt_series.mdoc"), TestContext.Current.CancellationToken);
        var expected = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(SharedData.PathOf("expected/mdoc/tilt_series.mdoc.json"), TestContext.Current.CancellationToken))!;
        var angles = expected["metadata"]!["tilt_angles"]!.AsArray().Select(angle => (double)angle!);
        var mdoc = CryoHub.Formats.Mrc.Mdoc.Parse(text);
        Assert.Equal(angles, mdoc.TiltDeg);
        Assert.Equal(85.3, mdoc.TiltAxisDeg);
    }

    private static byte[] Stack(byte[]? extended = null, string type = "", bool bigEndian = false) => MrcBytes.File(2, 2, 3, 0, new byte[12], bigEndian, extended, type);

    private static async Task<SignalHeader> OpenAsync(byte[] stack, params (string Name, string Text)[] beside)
    {
        var file = new MemoryFile("ts.st", stack, beside.ToDictionary(companion => companion.Name, companion => Encoding.ASCII.GetBytes(companion.Text)));
        return (await new MrcReader().OpenAsync(file, TestContext.Current.CancellationToken))[0].Header;
    }
}
