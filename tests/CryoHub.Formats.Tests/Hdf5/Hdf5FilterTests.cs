using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tests.Hdf5;

public sealed class Hdf5FilterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("filters.h5", "lzf")]
    [InlineData("filters.h5", "lzf-checked")]
    [InlineData("filters.h5", "deflate")]
    [InlineData("filters.h5", "scale-offset")]
    [InlineData("filters.h5", "lz4")]
    [InlineData("filters.h5", "bitshuffle")]
    [InlineData("filters.h5", "bitshuffle-lz4")]
    [InlineData("filters-2.h5", "bitshuffle-zstd")]
    [InlineData("filters-2.h5", "bzip2")]
    [InlineData("filters-2.h5", "zstd")]
    public async Task A_packed_dataset_gives_the_values_that_were_packed(string source, string name)
    {
        using var file = Hdf5Files.Open(source);
        var signal = (await Hdf5Files.SignalsAsync(file, Ct))[name];
        Assert.Equal([11L, 37], signal.Header.Shape);
        Assert.Equal(string.Join(' ', Enumerable.Range(0, 11 * 37).Select(i => unchecked((uint)i * 2654435761u) % 100003)), await Hdf5Files.ValuesAsync(signal, Ct));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("cut")]
    [InlineData("noise")]
    public async Task A_chunk_of_the_wrong_size_is_refused(string name)
    {
        using var file = Hdf5Files.Open("wrong-chunks.h5");
        var signal = (await Hdf5Files.SignalsAsync(file, Ct))[name];
        var problem = await Assert.ThrowsAsync<ProblemException>(() => Hdf5Files.ValuesAsync(signal, Ct));
        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.Contains($"/{name} cannot be read", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_is_not_known_is_named()
    {
        using var file = Hdf5Files.Open("unknown-filter.h5");
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new Hdf5Reader().OpenAsync(file, Ct));
        Assert.Contains("/far is packed by filter 32767", problem.Message, StringComparison.Ordinal);
    }
}
