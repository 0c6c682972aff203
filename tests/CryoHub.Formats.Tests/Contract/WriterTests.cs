using CryoHub.Formats.Tests.Mrc;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Contract;

public sealed class WriterTests
{
    [Fact]
    public void Every_writer_is_in_the_catalogue_once_and_under_an_ending_of_its_own()
    {
        var writers = typeof(IFormatWriter).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IFormatWriter)) && type is { IsInterface: false, IsAbstract: false });
        Assert.Equal(writers.Select(type => type.Name).Order(), FormatCatalog.Writers.Select(writer => writer.GetType().Name).Order());
        Assert.Distinct(FormatCatalog.Writers.Select(writer => writer.Extension));
        Assert.All(FormatCatalog.Writers, writer => Assert.NotEmpty(writer.Writes));
    }

    [Fact]
    public async Task What_is_written_as_MRC_is_read_back_byte_for_byte()
    {
        var ct = TestContext.Current.CancellationToken;
        byte[] pixels = [.. Enumerable.Range(0, 24).Select(i => (byte)(11 * i))];
        var original = (await new CryoHub.Formats.Mrc.MrcReader().OpenAsync(new MemoryFile("a.mrc", MrcBytes.File(3, 2, 2, 1, pixels)), ct))[0];
        using var output = new MemoryStream();
        Assert.Null(await new CryoHub.Formats.Mrc.MrcWriter().WriteAsync(original, output, ct));
        var back = (await new CryoHub.Formats.Mrc.MrcReader().OpenAsync(new MemoryFile("a.mrc", output.ToArray()), ct))[0];
        Assert.Equal(original.Header.Shape, back.Header.Shape);
        Assert.Equal(pixels, output.ToArray()[1024..]);
    }
}
