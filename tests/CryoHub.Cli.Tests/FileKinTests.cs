using CryoHub.Cli.Server;

namespace CryoHub.Cli.Tests;

public sealed class FileKinTests
{
    private static readonly FileKin Drop = new(["a/x.mrc", "a/x.mrc.mdoc", "a/X.tlt", "a/y.mrc", "b/x.mrc.mdoc", "a/s.emi", "a/s_1.ser", "a/s_2.ser", "a/t_1.emi", "a/t_1.ser"]);

    [Theory]
    [InlineData("a/x.mrc", "a/x.mrc.mdoc a/X.tlt")]
    [InlineData("a/s.emi", "a/s_1.ser a/s_2.ser")]
    [InlineData("a/s_2.ser", "a/s.emi a/s_1.ser")]
    [InlineData("a/t_1.ser", "a/t_1.emi")]
    [InlineData("a/y.mrc", "")]
    public void Companions_share_folder_and_stem_whatever_their_case(string name, string kin)
    {
        Assert.Equal(kin, string.Join(' ', Drop.Of(name)));
    }

    [Fact]
    public void Two_hundred_thousand_numbered_chunks_have_nothing_to_do_with_each_other()
    {
        string[] chunks = [.. Enumerable.Range(0, 200_000).Select(i => i % 2 == 0 ? $"deposit.zarr/0.0.{i}" : $"deposit.zarr/frame_{i}.tif")];
        var kin = new FileKin(chunks);
        Assert.All(chunks, chunk => Assert.Empty(kin.Of(chunk)));
    }
}
