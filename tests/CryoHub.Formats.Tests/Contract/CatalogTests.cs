using CryoHub.Formats.Tests.Expected;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Contract;

public sealed class CatalogTests
{
    [Fact]
    public void Every_reader_is_in_the_catalogue_once_and_under_a_key_of_its_own()
    {
        var readers = typeof(IFormatReader).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IFormatReader)) && type is { IsInterface: false, IsAbstract: false });
        Assert.Equal(readers.Select(type => type.Name).Order(), FormatCatalog.Readers.Select(reader => reader.GetType().Name).Order());
        Assert.Distinct(FormatCatalog.Formats.Select(format => format.Key));
    }

    [Fact]
    public void Every_reader_says_what_it_reads_and_where_that_is_specified() => Assert.All(FormatCatalog.Formats, format =>
    {
        Assert.NotEmpty(format.Title);
        Assert.NotEmpty(format.Reads);
        Assert.StartsWith("http", format.Specification, StringComparison.Ordinal);
        Assert.All(format.Extensions, extension => Assert.Matches("^\\.[a-z0-9-]+$", extension));
    });

    [Fact]
    public async Task Each_sample_is_recognised_by_its_own_reader_and_by_no_other_as_surely()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        foreach (var (name, key) in Samples.All)
        {
            using var file = new FolderFile(SharedData.PathOf(name));
            var head = await file.Bytes.ReadBlockAsync(0, Math.Min(4096, file.Bytes.Length), TestContext.Current.CancellationToken);
            var matches = FormatCatalog.Readers.Select(reader => (reader.Format.Key, Match: reader.Recognise(head, file.Name))).Where(found => found.Match > Match.No).OrderByDescending(found => found.Match).ToList();
            Assert.True(matches.Count > 0, $"{name} is recognised by nobody");
            Assert.True(key == matches[0].Key, $"{name} is taken for {matches[0].Key}");
            Assert.True(matches.Count == 1 || matches[1].Match < matches[0].Match, $"{name} is claimed by {string.Join(" and ", matches)}");
        }
    }

    [Fact]
    public async Task A_wrong_ending_does_not_deceive()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var ct = TestContext.Current.CancellationToken;
        foreach (var (file, key, wrong) in ((string, string, string)[])[("dm3/HAADF.dm3", "digital-micrograph", "x.mrc"), ("mrc/vesicle.mrc", "mrc", "x.dm3"), ("msa/hl.msa", "msa", "x.ser")])
        {
            var reader = await FormatCatalog.DetectAsync(new MemoryFile(wrong, await File.ReadAllBytesAsync(SharedData.PathOf(file), ct)), ct);
            Assert.Equal(key, reader.Format.Key);
        }
    }

    [Fact]
    public async Task An_empty_file_is_refused_as_empty()
    {
        foreach (var extension in FormatCatalog.Formats.SelectMany(format => format.Extensions))
        {
            var problem = await Assert.ThrowsAsync<ProblemException>(() => FormatCatalog.DetectAsync(new MemoryFile($"x{extension}", Array.Empty<byte>()), TestContext.Current.CancellationToken));
            Assert.Equal(ProblemKind.Unreadable, problem.Kind);
            Assert.Contains("empty (0 bytes)", problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Random_bytes_are_refused_under_every_ending()
    {
        var random = new Random(20260131);
        foreach (var extension in FormatCatalog.Formats.SelectMany(format => format.Extensions).Distinct())
        {
            for (var round = 0; round < 40; round++)
            {
                var noise = new byte[random.Next(1, 6000)];
                random.NextBytes(noise);
                Assert.Equal(Outcome.Refused, await Hostile.TryAsync(new MemoryFile($"noise{extension}", noise), $"noise{extension}, round {round}"));
            }
        }
    }
}
