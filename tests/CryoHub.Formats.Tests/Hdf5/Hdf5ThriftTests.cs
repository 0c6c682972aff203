using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tests.Hdf5;

public sealed class Hdf5ThriftTests
{
    /// <summary>The library asks for this file's structures in some hundred reads; in ingest each would be a question to the parent process.</summary>
    [Fact]
    public async Task The_structures_of_a_file_are_fetched_in_a_few_reads()
    {
        var bytes = await File.ReadAllBytesAsync(Hdf5Files.PathOf("types.h5"), TestContext.Current.CancellationToken);
        var source = new CountingSource(bytes, bytes.Length);
        var signals = await new Hdf5Reader().OpenAsync(new Counted(source), TestContext.Current.CancellationToken);
        Assert.True(signals.Count > 20, $"{signals.Count} signals");
        Assert.InRange(source.Reads, 1, 16);
    }

    private sealed class Counted(IByteSource bytes) : ISourceFile
    {
        public string Name => "types.h5";

        public IByteSource Bytes => bytes;

        public IByteSource? Sibling(string name) => null;
    }
}
