using CryoHub.Platform.Storage;
using CryoHub.Worker.Jobs;

namespace CryoHub.Worker.Tests;

public sealed class ReconciliationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Few letters and much nesting, against sets and a look at every pair.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_walk_finds_what_looking_at_every_pair_finds(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var rows = Enumerable.Range(0, random.Next(12)).Select(_ => Row(random)).OrderBy(row => row.Key, StringComparer.Ordinal).ToList();
            var keys = Enumerable.Range(0, random.Next(20)).Select(_ => Key(random)).Distinct().Order(StringComparer.Ordinal).ToList();
            var found = await Reconciliation.CompareAsync(rows.ToAsyncEnumerable(), Objects(keys), Ct).ToListAsync(Ct);
            var orphans = keys.Where(key => !rows.Exists(row => row.As is NamedAs.Object or NamedAs.Expected ? row.Key == key : key.StartsWith(row.Key, StringComparison.Ordinal)));
            var needed = rows.Where(row => row.As == NamedAs.Object).Select(row => row.Key).Concat(rows.Where(row => row.As == NamedAs.Group).Select(row => row.Key + "zarr.json"));
            Assert.Equal(orphans, found.Where(finding => finding.MissingFrom is null).Select(finding => finding.Key));
            Assert.Equal(needed.Except(keys).Order(StringComparer.Ordinal), found.Where(finding => finding.MissingFrom is not null).Select(finding => finding.Key).Distinct().Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Neither_list_is_read_ahead_of_the_other()
    {
        var (read, furthest) = (new[] { 0, 0 }, 0);
        var rows = Counted(0).Select(number => new NamedObject($"{number:D6}", NamedAs.Object));
        var objects = Counted(1).Select(number => new ObjectInfo($"{number:D6}", 1, default));
        await foreach (var difference in Reconciliation.CompareAsync(rows, objects, Ct))
        {
            Assert.Fail($"{difference.Key} is on both sides.");
        }

        Assert.Equal([100_000, 100_000], read);
        Assert.InRange(furthest, 0, 2);

        async IAsyncEnumerable<int> Counted(int side)
        {
            await Task.CompletedTask;
            for (; read[side] < 100_000; read[side]++)
            {
                furthest = Math.Max(furthest, Math.Abs(read[0] - read[1]));
                yield return read[side];
            }
        }
    }

    private static NamedObject Row(Random random) => (NamedAs)random.Next(4) switch
    {
        NamedAs.Group => new NamedObject(Name(random) + ".zarr/", NamedAs.Group),
        NamedAs.Busy => new NamedObject(Name(random) + "/", NamedAs.Busy),
        var other => new NamedObject(Key(random), other),
    };

    private static string Key(Random random) => random.Next(4) switch
    {
        0 => Name(random),
        1 => $"{Name(random)}.zarr/zarr.json",
        2 => $"{Name(random)}.zarr/0/c/{random.Next(12)}",
        _ => $"{Name(random)}/{random.Next(12)}",
    };

    private static string Name(Random random) => random.Next(3) == 0 ? $"{(char)('a' + random.Next(2))}/{random.Next(12)}" : $"{(char)('a' + random.Next(2))}{random.Next(12)}";

    private static IAsyncEnumerable<ObjectInfo> Objects(IEnumerable<string> keys) => keys.Select(key => new ObjectInfo(key, 1, default)).ToAsyncEnumerable();
}
