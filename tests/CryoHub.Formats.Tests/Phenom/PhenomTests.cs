using System.Runtime.InteropServices;
using CryoHub.Formats.Phenom;
using CryoHub.Formats.Tests.Contract;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Phenom;

public sealed partial class PhenomTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Names and shapes as the walk over the unpacked bytes shows them (a separate Python script); both versions hold the same project.</summary>
    [Theory]
    [InlineData("Elid2Version0.elid")]
    [InlineData("Elid2Version4.elid")]
    public async Task A_project_gives_its_images_and_analyses(string name)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        using var file = new FolderFile(SharedData.PathOf($"phenom/{name}"));
        var signals = await (await FormatCatalog.DetectAsync(file, Token)).OpenAsync(file, Token);
        Assert.Equal("Image 1", signals[0].Header.Name);
        Assert.Equal([16, 20], signals[0].Header.Shape);
        Assert.Equal(975.7792598920121, signals[0].Header.Axes[1].Step);        // <pixelWidth unit="nm"> in the image's own XML
        Assert.Equal(15, signals[0].Header.Metadata.BeamEnergyKeV);
        var map = signals[3].Header;
        Assert.Equal([16, 16, 2048], map.Shape);
        Assert.Equal(["Al", "Cu", "O", "C", "S"], map.Metadata.Elements);
        Assert.Equal((0.19491525423728812 + 0.3016949152542373) * 20 * 975.7792598920121 / 16, map.Axes[1].Step, 1e-9);      // corners as stored
        Assert.Equal([64, 2048], signals[4].Header.Shape);
        Assert.Equal(SignalKind.SpectrumLine, signals[4].Header.Kind);
        Assert.Equal("keV", signals[4].Header.Axes[1].Unit);
    }

    [Fact]
    public async Task Damaged_projects_are_refused_or_read()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var packed = await File.ReadAllBytesAsync(SharedData.PathOf("phenom/Elid2Version4.elid"), Token);
        var (file, length) = (new byte[4 << 20], 4u << 20);
        Assert.Equal(0, Unpack(file, ref length, packed, (uint)packed.Length, 0, 0));
        file = file[..(int)length];
        for (var cut = 0; cut < 600; cut++)
        {
            await Hostile.TryAsync(new MemoryFile("x.elid", file.AsMemory(0, cut < 400 ? 12 + (10 * cut) : file.Length - (cut * 311))), $"cut {cut}");
        }

        var random = new Random(17);
        for (var round = 0; round < 150; round++)
        {
            var damaged = file.ToArray();
            for (var place = 0; place < 6; place++)
            {
                damaged[random.Next(8, place < 4 ? 12_000 : damaged.Length)] = (byte)random.Next(256);
            }

            await Hostile.TryAsync(new MemoryFile("x.elid", damaged), $"round {round}");
        }
    }

    [Fact]
    public void Only_known_versions_are_taken() => Assert.Equal(Match.No, new PhenomReader().Recognise([.. "EID2"u8, 5, 0, 0, 0, 1, 0, 0, 0], "x.elid"));

    [LibraryImport("libbz2.so.1.0", EntryPoint = "BZ2_bzBuffToBuffDecompress")]
    private static partial int Unpack(byte[] content, ref uint length, byte[] packed, uint packedLength, int small, int verbosity);
}
