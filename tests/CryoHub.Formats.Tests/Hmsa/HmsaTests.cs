using System.Text;
using CryoHub.Formats.Hmsa;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Hmsa;

public sealed class HmsaTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("breccia_eds.xml")]
    [InlineData("breccia_eds.hmsa")]
    public async Task A_spectrum_is_calibrated_as_its_description_says_whichever_name_is_opened(string name)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        using var file = new FolderFile(SharedData.PathOf($"hmsa/{name}"));
        var signal = Assert.Single(await (await FormatCatalog.DetectAsync(file, Token)).OpenAsync(file, Token));
        Assert.Equal(SignalKind.Spectrum, signal.Header.Kind);
        Assert.Equal(PixelType.Int64, signal.Header.Pixel);
        Assert.Equal(new Axis("Energy", 4096, "eV", AxisRole.Energy, 2.49985, -237.098251), signal.Header.Axes[0]);
        Assert.Equal(15, signal.Header.Metadata.BeamEnergyKeV);
        Assert.Equal(2500, signal.Header.Metadata.Magnification);
        Assert.Equal("2013-07-29T14:42:10", signal.Header.Metadata.AcquiredAt);
    }

    /// <summary>The authors stored u + v + x + y at every place: seen in the file's bytes 0 1 2 3 4 5 6, 1 2 3 4 5 6 7, ...</summary>
    [Fact]
    public async Task A_raster_of_patterns_has_its_places_first()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        using var file = new FolderFile(SharedData.PathOf("hmsa/imageraster2dhyperimage.hmsa"));
        var signal = Assert.Single(await (await FormatCatalog.DetectAsync(file, Token)).OpenAsync(file, Token));
        Assert.Equal([6, 5, 8, 7], signal.Header.Shape);
        Assert.Equal(SignalKind.DiffractionScan, signal.Header.Kind);
        foreach (var place in (long[][])[[0, 0, 0, 6], [0, 0, 7, 0], [0, 4, 0, 0], [5, 0, 0, 0], [5, 4, 7, 6]])
        {
            Assert.Equal(place.Sum().ToString(), (await signal.ValueAtAsync(place, Token)).ToString());
        }
    }

    [Theory]
    [InlineData("Polynomial", "<Coefficients Count=\"3\" DataType=\"float\">2,0.5,10</Coefficients>", new double[] { 10, 12.5, 19 })]
    [InlineData("Explicit", "<Values Count=\"3\" DataType=\"float\">1.5,2.5,4.5</Values>", new double[] { 1.5, 2.5, 4.5 })]
    public async Task Other_calibrations_give_the_coordinates(string calibration, string content, double[] values)
    {
        var detector = $"<Detector Class=\"Spectrometer\" ID=\"D\"><ChannelCount>3</ChannelCount><Calibration Class=\"{calibration}\"><Quantity>Energy</Quantity><Unit>eV</Unit>{content}</Calibration></Detector>";
        var axis = (await OpenAsync(detector, "<Dimension Name=\"Channel\">3</Dimension>", "", "float", 12))[0].Header.Axes[0];
        Assert.Equal(values, axis.Values);
        Assert.Equal("eV", axis.Unit);
    }

    [Fact]
    public async Task A_raster_of_numbers_takes_its_steps_from_the_scan()
    {
        const string Scan = "<Acquisition Class=\"Raster/XY\" ID=\"A\"><StepSizeX DataType=\"float\" Unit=\"um\">0.5</StepSizeX><StepSizeY DataType=\"float\" Unit=\"um\">0.25</StepSizeY></Acquisition>";
        var header = (await OpenAsync(Scan, "", "<Dimension Name=\"X\">3</Dimension><Dimension Name=\"Y\">2</Dimension>", "uint16", 12))[0].Header;
        Assert.Equal(SignalKind.Image, header.Kind);
        Assert.Equal([2, 3], header.Shape);
        Assert.Equal([(0.25, "um"), (0.5, "um")], header.Axes.Select(axis => (axis.Step, axis.Unit)));
    }

    [Fact]
    public async Task Numbers_of_another_description_are_refused()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => OpenAsync("", "<Dimension Name=\"Channel\">3</Dimension>", "", "float", 12, "0000000000000000"));
        Assert.Contains("do not belong together", problem.Message, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<ISignal>> OpenAsync(string conditions, string datum, string collection, string type, int bytes, string uid = "0102030405060708")
    {
        var xml = $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><MSAHyperDimensionalDataFile Version=\"1.0\" UID=\"{uid}\"><Header/><Conditions>{conditions}</Conditions><Data><Set Name=\"s\"><DataOffset>8</DataOffset>"
            + $"<DatumType>{type}</DatumType><DatumDimensions>{datum}</DatumDimensions><CollectionDimensions>{collection}</CollectionDimensions></Set></Data></MSAHyperDimensionalDataFile>";
        var beside = new Dictionary<string, byte[]> { ["x.hmsa"] = [1, 2, 3, 4, 5, 6, 7, 8, .. new byte[bytes]] };
        return new HmsaReader().OpenAsync(new MemoryFile("x.xml", Encoding.UTF8.GetBytes(xml), beside), Token);
    }
}
