using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Tests;

/// <summary>What nobody reads is told with a line for each reader.</summary>
public sealed class UnknownFileTests
{
    [Fact]
    public async Task Every_reader_has_its_line()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(
            () => FormatCatalog.DetectAsync(new UnknownSource("notes.msa"), TestContext.Current.CancellationToken));
        var lines = problem.Message.Split('\n');
        Assert.Equal($"No reader knows notes.msa: its 8 bytes begin with 0102030405060708; {FormatCatalog.Readers.Count} readers were asked.", lines[0]);
        Assert.Equal(FormatCatalog.Readers.Select(reader => reader.Format.Title), lines[1..].Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)]));
        Assert.Contains(lines, line => line.EndsWith("the ending .msa is one of its own, but the file does not begin as such a file must.", StringComparison.Ordinal));
    }

    private sealed class UnknownSource(string name) : ISourceFile
    {
        public string Name => name;

        public IByteSource Bytes { get; } = new MemoryByteSource(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 });

        public IByteSource? Sibling(string other) => null;
    }
}
