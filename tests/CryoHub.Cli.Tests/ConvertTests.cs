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
        Assert.Equal((3, "An MSA file holds one spectrum of real numbers on a linear axis; ts is 3 x 1 x 2 int16."), (run.ExitCode, run.Errors.Trim()));
        Assert.Equal("A CSV file holds a spectrum or an image of real numbers; ts has 3 axes of int16.", (await Cli.RunAsync("convert", scratch["ts.st"], scratch["out.csv"])).Errors.Trim());
        Assert.Equal([scratch["ts.st"]], Directory.GetFiles(scratch.Path));
    }

    public void Dispose() => scratch.Dispose();

    private Task TinyAsync() => File.WriteAllBytesAsync(scratch["tiny.mrc"], TinyMrc.Bytes, TestContext.Current.CancellationToken);
}
