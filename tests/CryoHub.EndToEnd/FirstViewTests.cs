using System.Text.RegularExpressions;
using CryoHub.TestKit;
using Microsoft.Playwright;

namespace CryoHub.EndToEnd;

/// <summary>Real files of every kind, uploaded and opened: each meets a view that suits it, at both sizes, and axe finds nothing serious.</summary>
public sealed class FirstViewTests(ViewSite site) : IClassFixture<ViewSite>
{
    /// <summary>What must stand where; numbers are those of the expected values beside the files, or counts of the file's own rows.</summary>
    [Theory]
    [InlineData("apt/AtomProbeDataSmall.pos", "points", "[data-part=position]", "^12 points$")]
    [InlineData("imod/multiple_objects_example.mod", "contours", ".ins", "2 objects, .* 6 points")]
    [InlineData("imod/TS_001.xf", "transforms", "[data-part=position]", "of 40$")]
    [InlineData("star/one_loop.star", "table", "[data-part=position]", "of 16$")]
    [InlineData("biologic/cp.mpt", "trace", ".ins table", "time/s\\s*328\\.36\\s*447\\.36")]
    [InlineData("cif/Au-Gold.cif", "structure", ".lists", "1 1 1\\s*2\\.35")]
    [InlineData("imod/align.log", "text", "[data-part=value]", "^16,233 bytes$")]
    [InlineData("blo/test1.blo", "scan", "[data-part=pattern-name]", "^Pattern of pixel 1, 1$")]
    [InlineData("mdoc/017.mdoc", "sections", "[data-part=position]", "of 60$")]
    [InlineData("msa/647_leo_edax_test.msa", "spectrum", ".ins", "Logarithmic")]
    public async Task A_file_is_seen_as_what_it_is(string file, string name, string place, string words)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var page = await site.OpenViewerAsync(await site.UploadRealAsync(file));
        await Assertions.Expect(page.Locator(place).First).ToContainTextAsync(new Regex(words));
        await Assertions.Expect(page.Locator("[data-part=problem]")).ToBeHiddenAsync();
        await ViewSite.KeepAsync(page, $"kind-{name}");
    }

    /// <summary>Row 11439 of the list lies at 24.9, 20.4 µm: 83 and 68 steps of 0.3 µm from the corner; its angles are 161.51, 100.03 and 38.736 degrees.</summary>
    [Fact]
    public async Task An_orientation_map_reads_out_the_angles_of_the_point_under_the_cursor()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var page = await site.OpenViewerAsync(await site.UploadRealAsync("ebsd/twins.ctf"));
        await ViewerTests.PointAsync(page, 83.5, 68.5, columns: 167, rows: 137);
        await Assertions.Expect(page.Locator("[data-part=value]")).ToHaveTextAsync("value φ1 161.5°, Φ 100.0°, φ2 38.74°");
        await Assertions.Expect(page.Locator(".ipf figcaption")).ToContainTextAsync("6/mmm");
        await ViewSite.KeepAsync(page, "kind-orientation");
        await page.SelectOptionAsync("[data-field=shown]", "phase");
        await Assertions.Expect(page.Locator("[data-part=value]")).ToHaveTextAsync("value Magnesium");
    }

    /// <summary>Row 170, column 341 holds 2443 (expected/hspy/01_holo_Vbp_130V_0V_bin2_crop.hdf5.json).</summary>
    [Fact]
    public async Task A_picture_of_64_bit_integers_reads_out_its_counts()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var page = await site.OpenViewerAsync(await site.UploadRealAsync("hspy/01_holo_Vbp_130V_0V_bin2_crop.hdf5"), "?x=341.5&y=170.5&zoom=16");
        var canvas = (await page.Locator("[data-part=canvas]").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync((canvas.X + (canvas.Width / 2)) - 2, canvas.Y + (canvas.Height / 2));
        await page.Mouse.MoveAsync(canvas.X + (canvas.Width / 2), canvas.Y + (canvas.Height / 2));
        await Assertions.Expect(page.Locator("[data-part=value]")).ToHaveTextAsync("value 2443");
    }
}
