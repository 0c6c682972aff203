using CryoHub.Platform.Crates;

namespace CryoHub.Platform.Tests.Crates;

public sealed class CratePathsTests
{
    [Theory]
    [InlineData("a/b.mrc", "a/b.mrc")]
    [InlineData("../../etc/passwd", "etc/passwd")]
    [InlineData("/absolute", "absolute")]
    [InlineData("C:\\data\\x.dm4", "C_/data/x.dm4")]
    [InlineData("..", "unnamed")]
    [InlineData("", "unnamed")]
    [InlineData("what?\u0001*.tif", "what___.tif")]
    [InlineData("ends. ", "ends")]
    [InlineData("Größe 100 %.mrc", "Größe 100 %.mrc")]
    public void A_name_stays_readable_and_never_leads_out_of_the_folder(string name, string expected) => Assert.Equal("data/" + expected, new CratePaths().File("data/", name));

    [Fact]
    public void Names_that_meet_on_some_system_are_told_apart()
    {
        var paths = new CratePaths();
        Assert.Equal(["d/x.mrc", "d/X (2).mrc", "d/x (3).mrc"], [paths.File("d/", "x.mrc"), paths.File("d/", "X.mrc"), paths.File("d/", "x.mrc")]);
        Assert.Equal(["d/run/", "d/run (2)/"], [paths.Folder("d/", "run"), paths.Folder("d/", "run")]);
    }

    [Fact]
    public void A_file_and_a_folder_of_one_name_can_both_be_unpacked()
    {
        var paths = new CratePaths();
        Assert.Equal(["d/a", "d/a_b", "d/c/e", "d/c (2)"], [paths.File("d/", "a"), paths.File("d/", "a/b"), paths.File("d/", "c/e"), paths.File("d/", "c")]);
    }

    [Fact]
    public void Long_names_are_cut_before_their_ending()
    {
        var path = new CratePaths().File("", new string('n', 300) + ".mrc");
        Assert.Equal(100, path.Length);
        Assert.EndsWith("n.mrc", path, StringComparison.Ordinal);
    }

    [Fact]
    public void References_are_written_as_addresses_are() => Assert.Equal("data/tilt%20%231/Gr%C3%B6%C3%9Fe.mrc", CratePaths.Reference("data/tilt #1/Größe.mrc"));
}
