using CryoHub.TestKit;

namespace CryoHub.Cli.Tests;

public sealed class ConvertTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    [Theory]
    [InlineData("dm3/HAADF.dm3")]
    [InlineData("dm4/EELS_SI.dm4")]
    [InlineData("tia/16_STOimage_1.ser")]
    [InlineData("mrc/vesicle.mrc")]
    [InlineData("dm3/3D__test-12.dm3")]
    public async Task Other_programs_read_the_same_numbers_from_every_kind_of_file(string name)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        foreach (var ending in (string[])["npy", "mrc", "tif"])
        {
            Assert.Equal(0, (await Cli.RunAsync("convert", SharedData.PathOf(name), scratch[$"out.{ending}"])).ExitCode);
        }

        var witness = await Cli.PythonAsync($"""
            import numpy, mrcfile, tifffile
            a = numpy.load('{scratch["out.npy"]}')
            m = mrcfile.open('{scratch["out.mrc"]}')
            t = tifffile.imread('{scratch["out.tif"]}')
            print(a.shape == m.data.shape == t.shape, (a == m.data).all(), (a == t).all(), a.dtype == t.dtype, mrcfile.validate('{scratch["out.mrc"]}'))
            """);
        Assert.Equal("True True True True True", witness.Output.Trim().Split('\n')[^1]);
    }

    [Fact]
    public async Task Calibration_survives_in_nanometres_and_ImageJ_s_terms()
    {
        await TinyAsync();
        await Cli.RunAsync("convert", scratch["tiny.mrc"], scratch["out.mrc"]);
        await Cli.RunAsync("convert", scratch["tiny.mrc"], scratch["out.tif"]);
        var witness = await Cli.PythonAsync($"""
            import mrcfile, tifffile
            t = tifffile.TiffFile('{scratch["out.tif"]}')
            n, d = t.pages[0].tags['XResolution'].value
            print(mrcfile.open('{scratch["out.mrc"]}').voxel_size.x, t.imagej_metadata['unit'], n / d)
            """);
        Assert.Equal("5.0 nm 2.0", witness.Output.Trim());
    }

    [Theory]
    [InlineData("dm3/HAADF.dm3", "TYX", "uint16")]
    [InlineData("prz/panta_rhei_sample.prz", "YX", "uint16")]
    [InlineData("mrc/tilt_stack.mrc", "ZYX", "float32")]
    [InlineData("mrc/50S-vol.mrc", "TYX", "float32")]
    [InlineData("npy/sparc-e-k-data.npy", "TZYX", "uint16")]
    public async Task Another_program_reads_pixels_axes_and_sizes_of_an_OME_TIFF(string name, string axes, string type)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        Assert.Equal(0, (await Cli.RunAsync("convert", SharedData.PathOf(name), scratch["out.ome.tif"])).ExitCode);
        Assert.Equal(0, (await Cli.RunAsync("convert", SharedData.PathOf(name), scratch["out.npy"])).ExitCode);
        var witness = await Cli.PythonAsync($$"""
            import numpy, tifffile, xml.etree.ElementTree as E
            a = numpy.load('{{scratch["out.npy"]}}')
            t = tifffile.TiffFile('{{scratch["out.ome.tif"]}}')
            p = E.fromstring(t.ome_metadata).find('.//{*}Pixels')
            s = t.series[0]
            print(t.is_ome, len(t.series), s.axes, s.dtype, (s.asarray() == a).all(), p.get('PhysicalSizeX'), p.get('PhysicalSizeXUnit'))
            """);
        var x = (await Cli.RunAsync("inspect", SharedData.PathOf(name), "--json")).Json["signals"]![0]!["axes"]!.AsArray()[^1]!;
        var size = (string)x["units"]! is { Length: > 0 } unit ? $"{((double)x["scale"]!).ToString("R", System.Globalization.CultureInfo.InvariantCulture)} {unit}" : "None None";
        Assert.Equal($"True 1 {axes} {type} True {size}", witness.Output.Trim());
    }

    [Fact]
    public async Task Colours_and_numbers_that_OME_lacks_are_read_back_too()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        Assert.Equal(0, (await Cli.RunAsync("convert", SharedData.PathOf("npy/test_rgba16.npz"), scratch["colour.ome.tif"])).ExitCode);
        await Cli.PythonAsync($"import numpy; numpy.save('{scratch["half.npy"]}', numpy.arange(6, dtype='f2').reshape(2, 3))");
        var half = await Cli.RunAsync("convert", scratch["half.npy"], scratch["half.ome.tif"]);
        Assert.Equal("OME-TIFF has no float16: the values are written as float32.", half.Errors.Trim());
        var witness = await Cli.PythonAsync($"""
            import numpy, tifffile
            a = numpy.load('{SharedData.PathOf("npy/test_rgba16.npz")}')['a']
            b = tifffile.imread('{scratch["colour.ome.tif"]}')
            print(b.shape, all((b[..., i] == a[c]).all() for i, c in enumerate('RGBA')), tifffile.imread('{scratch["half.ome.tif"]}').tolist())
            """);
        Assert.Equal("(3, 128, 128, 4) True [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]", witness.Output.Trim());
    }

    [Theory]
    [InlineData("mrc/vesicle.mrc")]
    [InlineData("mrc/50S-vol.mrc")]
    public async Task Another_zarr_library_reads_pixels_and_calibration_of_an_OME_Zarr(string name)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        Assert.Equal(0, (await Cli.RunAsync("convert", SharedData.PathOf(name), scratch["out.zarr"])).ExitCode);
        var run = await Cli.ZarritaAsync(scratch["out.zarr"]);
        Assert.True(run.ExitCode == 0, run.Errors);
        var signal = (await Cli.RunAsync("inspect", SharedData.PathOf(name), "--stats", "--json")).Json["signals"]![0]!;
        var level = run.Json["levels"]![0]!;
        Assert.Equal("0.5", (string)run.Json["version"]!);
        Assert.Equal(signal["shape"]!.ToJsonString(), level["shape"]!.ToJsonString());
        Assert.Equal((string)signal["dtype"]!, (string)level["dtype"]!);
        var pixels = signal["shape"]!.AsArray().Aggregate(1.0, (product, size) => product * (int)size!);

        // Both sums are made in double precision, in different orders.
        Assert.Equal((double)signal["stats"]!["mean"]!, (double)level["sum"]! / pixels, 1e-9 * Math.Max(1, Math.Abs((double)signal["stats"]!["max"]!)));
        Assert.Equal(signal["axes"]!.AsArray().Select(axis => (double)axis!["scale"]!), level["scale"]!.AsArray().Select(step => (double)step!));
        Assert.True(run.Json["levels"]!.AsArray().Count > 1 || pixels < 1 << 20);
    }

    [Fact]
    public async Task Tilt_angles_survive_in_the_extended_header()
    {
        await File.WriteAllBytesAsync(scratch["ts.st"], TinyMrc.Make(1, 1, 3, [1, 2, 3]), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(scratch["ts.tlt"], "-60.25\n0\n60.25\n", TestContext.Current.CancellationToken);
        await Cli.RunAsync("convert", scratch["ts.st"], scratch["out.mrc"]);
        var axis = (await Cli.RunAsync("inspect", scratch["out.mrc"], "--json")).Json["signals"]![0]!["axes"]![0]!;
        Assert.Equal("[-60.25,0,60.25]", axis["values"]!.ToJsonString());
    }

    [Fact]
    public async Task A_spectrum_becomes_text_and_back_again()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        await Cli.RunAsync("convert", SharedData.PathOf("dm3/EELS_STO.dm3"), scratch["out.msa"]);
        var there = (await Cli.RunAsync("inspect", SharedData.PathOf("dm3/EELS_STO.dm3"), "--stats", "--json")).Json["signals"]![0]!;
        var back = (await Cli.RunAsync("inspect", scratch["out.msa"], "--stats", "--json")).Json["signals"]![0]!;
        Assert.Equal(there["axes"]!.ToJsonString(), back["axes"]!.ToJsonString());
        Assert.Equal(there["stats"]!.ToJsonString(), back["stats"]!.ToJsonString());
        Assert.Equal((double)there["metadata"]!["beamEnergyKeV"]!, (double)back["metadata"]!["beamEnergyKeV"]!);
    }

    [Fact]
    public async Task An_image_as_CSV_has_its_coordinates_on_the_margins()
    {
        await TinyAsync();
        await Cli.RunAsync("convert", scratch["tiny.mrc"], scratch["out.csv"]);
        Assert.Equal("y (nm) \\ x (nm),0,0.5,1\r\n0,1,2,3\r\n0.5,4,5,6\r\n", await File.ReadAllTextAsync(scratch["out.csv"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_format_that_cannot_hold_the_signal_says_so_with_the_numbers()
    {
        await File.WriteAllBytesAsync(scratch["ts.st"], TinyMrc.Make(2, 1, 3, [1, 2, 3, 4, 5, 6]), TestContext.Current.CancellationToken);
        var run = await Cli.RunAsync("convert", scratch["ts.st"], scratch["out.msa"]);
        Assert.Equal((3, "An MSA file holds one spectrum of real numbers on a linear axis; ts is 3 x 1 x 2 int16. It can be written as .mrc .tif .ome.tif .npy .hspy .nxs .emd .zarr."), (run.ExitCode, run.Errors.Trim()));
        Assert.StartsWith("A CSV file holds a spectrum or an image of real numbers; ts has 3 axes of int16. It can", (await Cli.RunAsync("convert", scratch["ts.st"], scratch["out.csv"])).Errors, StringComparison.Ordinal);
        Assert.Equal([scratch["ts.st"]], Directory.GetFiles(scratch.Path));
    }

    public void Dispose() => scratch.Dispose();

    private Task TinyAsync() => File.WriteAllBytesAsync(scratch["tiny.mrc"], TinyMrc.Bytes, TestContext.Current.CancellationToken);
}
