using CryoHub.Imaging;

namespace CryoHub.Formats.Tests.Mrc;

public sealed class MrcThriftTests
{
    [Fact]
    public async Task Opening_a_gibibyte_reads_less_than_8_KiB()
    {
        var source = new CountingSource(MrcBytes.File(4096, 4096, 32, 1, []), 1024 + (1L << 30));
        var file = new LargeFile(source);
        var reader = await FormatCatalog.DetectAsync(file, TestContext.Current.CancellationToken);
        var signals = await reader.OpenAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal([32, 4096, 4096], signals[0].Header.Shape);
        Assert.True(source.BytesRead < 8192, $"{source.BytesRead} bytes were read");
    }

    private sealed record LargeFile(IByteSource Bytes) : ISourceFile
    {
        public string Name => "large.mrc";

        public IByteSource? Sibling(string name) => null;
    }
}
