using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Hdf5;

/// <summary>Layouts that no real file here shows, written by data/make.py with h5py.</summary>
public sealed class DialectTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task H5OINA_gives_map_patterns_spectra_and_windows()
    {
        using var file = Hdf5Files.Open("map.h5oina");
        var reader = await FormatCatalog.DetectAsync(file, Ct);
        Assert.Equal("h5oina", reader.Format.Key);
        var signals = (await reader.OpenAsync(file, Ct)).ToDictionary(signal => signal.Header.Name);

        var map = signals["1/EBSD"];
        Assert.Equal((SignalKind.EbsdMap, 20.0), (map.Header.Kind, map.Header.Metadata.BeamEnergyKeV));
        Assert.Equal(["Euler 1", "Euler 2", "Euler 3", "Phase", "X", "Y"], map.Header.Columns!.Select(column => column.Name));
        Assert.Equal(["rad", "rad", "rad", "", "um", "um"], map.Header.Columns!.Select(column => column.Unit));
        Assert.EndsWith("0.5 1.5 2.5 1 1 0.5", Rounded(await Hdf5Files.ValuesAsync(map, Ct), 6), StringComparison.Ordinal);

        var patterns = signals["1/EBSD/Data/Processed Patterns (map)"];
        Assert.Equal((SignalKind.DiffractionScan, "2 3 2 4"), (patterns.Header.Kind, string.Join(' ', patterns.Header.Shape)));
        Assert.Equal(("um", 0.5), (patterns.Header.Axes[1].Unit, patterns.Header.Axes[1].Step));
        Assert.Equal(string.Join(' ', Enumerable.Range(0, 48)), await Hdf5Files.ValuesAsync(patterns, Ct));

        var spectra = signals["1/EDS/Data/Spectrum (map)"];
        Assert.Equal((SignalKind.SpectrumImage, "2 3 5"), (spectra.Header.Kind, string.Join(' ', spectra.Header.Shape)));
        Assert.Equal(("eV", 10.0), (spectra.Header.Axes[2].Unit, spectra.Header.Axes[2].Step));
        Assert.Equal("2 3", string.Join(' ', signals["1/EDS/Data/Window Integral/Fe Ka1 (map)"].Header.Shape));
    }

    [Fact]
    public async Task Bruker_scans_are_maps()
    {
        using var file = Hdf5Files.Open("bruker-ebsd.h5");
        var reader = await FormatCatalog.DetectAsync(file, Ct);
        Assert.Equal("h5ebsd", reader.Format.Key);
        var map = (await reader.OpenAsync(file, Ct))[0];
        Assert.Equal((SignalKind.EbsdMap, "6 4", 15.0), (map.Header.Kind, string.Join(' ', map.Header.Shape), map.Header.Metadata.BeamEnergyKeV));
    }

    [Theory]
    [InlineData("arina_master.h5")]
    [InlineData("arina.h5")]
    public async Task A_detectors_pieces_are_one_scan_and_no_link_leads_out_of_the_folder(string name)
    {
        using var file = Hdf5Files.Open(name);
        var reader = await FormatCatalog.DetectAsync(file, Ct);
        Assert.Equal("dectris", reader.Format.Key);
        var scan = Assert.Single(await reader.OpenAsync(file, Ct));
        Assert.Equal((SignalKind.DiffractionScan, "2 2 2 2"), (scan.Header.Kind, string.Join(' ', scan.Header.Shape)));
        Assert.Equal((200.0, 0.25), (scan.Header.Metadata.BeamEnergyKeV, scan.Header.Metadata.ExposureS));
        Assert.Equal("100 101 102 103 104 105 106 107 108 109 110 111 200 201 202 203", await Hdf5Files.ValuesAsync(scan, Ct));
    }

    [Fact]
    public async Task NeXus_axes_are_found_in_the_older_conventions_too()
    {
        using var file = Hdf5Files.Open("nexus-old.h5");
        var reader = await FormatCatalog.DetectAsync(file, Ct);
        Assert.Equal("nexus", reader.Format.Key);
        var signals = (await reader.OpenAsync(file, Ct)).ToDictionary(signal => signal.Header.Name);

        // Four edges are the bounds of three bins: the axis has their middles.
        var counts = signals["run/by_members/counts"].Header;
        Assert.Equal([("angle", "deg", 0.0, 5.0), ("energy", "eV", 10.5, 1.0)], counts.Axes.Select(axis => (axis.Name, axis.Unit, axis.Origin, axis.Step)));
        Assert.Equal(SignalKind.SpectrumLine, counts.Kind);
        Assert.Equal([0.0, 1, 4], signals["run/by_signal/counts"].Header.Axes[0].Values!);
    }

    /// <summary>The file's own number: pixel_to_nm_scaling = 1.97601171875.</summary>
    [Fact]
    public async Task A_TopoStats_image_is_calibrated()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        using var file = new FolderFile(SharedData.PathOf("afm/sample_0_1.topostats"));
        var reader = await FormatCatalog.DetectAsync(file, Ct);
        Assert.Equal("topostats", reader.Format.Key);
        var image = (await reader.OpenAsync(file, Ct))[0].Header;
        Assert.All(image.Axes, axis => Assert.Equal(("nm", 1.97601171875), (axis.Unit, axis.Step)));
    }

    private static string Rounded(string values, int last) =>
        string.Join(' ', values.Split(' ').TakeLast(last).Select(value => Math.Round(double.Parse(value, System.Globalization.CultureInfo.InvariantCulture), 5).ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
