using CryoHub.Formats.Tiff;
using CryoHub.Formats.Tiff.Ome;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Tiff;

public sealed class OmeSeriesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_companion_gives_the_whole_of_the_files_beside_it()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        using var companion = new FolderFile(SharedData.PathOf("tiff/multifile.companion.ome"));
        var signal = Assert.Single(await new OmeCompanionReader().OpenAsync(companion, Ct));
        Assert.Equal([5, 24, 18], signal.Header.Shape);
        Assert.Equal(("z", "multifile", "2010-03-02T15:08:59"), (signal.Header.Axes[0].Name, signal.Header.Name, signal.Header.Metadata.AcquiredAt));
        var frame = new byte[24 * 18];
        var plane = new byte[24 * 18];
        for (var z = 0; z < 5; z++)
        {
            using var file = new FolderFile(SharedData.PathOf($"tiff/multifile-Z{z + 1}.ome.tiff"));
            await signal.ReadFrameAsync(z, frame, Ct);
            await Assert.Single(await new TiffReader().OpenAsync(file, Ct)).ReadFrameAsync(0, plane, Ct);
            Assert.Equal(plane, frame);
        }
    }

    [Fact]
    public async Task A_description_in_each_file_gives_the_whole_from_any_of_them()
    {
        const string tiffData = """<TiffData FirstZ="1" IFD="0"><UUID FileName="b.ome.tif">u</UUID></TiffData><TiffData FirstZ="0" IFD="0"><UUID FileName="a.ome.tif">u</UUID></TiffData>""";
        var (a, b) = (Image(tiffData, 7), Image(tiffData, 9));
        Dictionary<string, byte[]> both = new() { ["a.ome.tif"] = a, ["b.ome.tif"] = b };
        foreach (var name in both.Keys)
        {
            Assert.Equal([7, 7, 9, 9], await Assert.Single(await new TiffReader().OpenAsync(new MemoryFile(name, both[name], both), Ct)).ValuesAsync());
        }

        var alone = Assert.Single(await new TiffReader().OpenAsync(new MemoryFile("a.ome.tif", a), Ct));
        Assert.Equal([7, 7], await alone.ValuesAsync());
    }

    [Fact]
    public async Task Planes_that_are_nowhere_are_refused()
    {
        var xml = """<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image><Pixels DimensionOrder="XYZCT" SizeX="2" SizeY="1" SizeZ="2"><TiffData IFD="0"><UUID FileName="../a.tif">u</UUID></TiffData></Pixels></Image></OME>"""u8.ToArray();
        foreach (var beside in (Dictionary<string, byte[]>[])[[], new() { ["a.tif"] = TiffBytes.Grey(2, 1, 8, [1, 2]) }])
        {
            var problem = await Assert.ThrowsAsync<ProblemException>(() => new OmeCompanionReader().OpenAsync(new MemoryFile("x.companion.ome", xml, beside), Ct));
            Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        }
    }

    private static byte[] Image(string tiffData, byte value)
    {
        var xml = $"""<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image><Pixels DimensionOrder="XYZCT" SizeX="2" SizeY="1" SizeZ="2" SizeC="1" SizeT="1">{tiffData}</Pixels></Image></OME>""";
        return TiffBytes.Grey(2, 1, 8, [value, value], more: TiffBytes.Tag.Of(270, xml));
    }
}
