using CryoHub.HostileReaders;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Contract;

public sealed class HostileFilesTests
{
    private const int SamplesOfAFormat = 4;

    public static TheoryData<string> Formats => [.. Samples.Keys];

    /// <summary>
    /// libhdf5 1.10 does not survive every damaged file: those are opened in a child process only (Hdf5MutationTests), and what is promised within a process is in EmdRefusalTests.
    /// </summary>
    public static TheoryData<string> FormatsOfOurOwnCode => [.. Samples.Keys.Where(key => key != "hdf5")];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_cut_file_is_read_or_refused(string key)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var random = new Random(7);
        foreach (var path in Samples.Smallest(key, SamplesOfAFormat))
        {
            var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            var cuts = Enumerable.Range(0, 128).Select(i => 4 * i).Concat(Enumerable.Range(0, 50).Select(_ => random.Next(bytes.Length))).Where(cut => cut < bytes.Length);
            foreach (var cut in cuts)
            {
                await Hostile.TryAsync(new MemoryFile(Path.GetFileName(path), bytes.AsMemory(0, cut)), $"{path} cut at {cut}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(FormatsOfOurOwnCode))]
    public async Task A_damaged_file_is_read_or_refused(string key)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var random = new Random(11);
        var samples = Samples.Smallest(key, SamplesOfAFormat).ToList();
        for (var round = 0; round < 200; round++)
        {
            var path = samples[round % samples.Count];
            var bytes = Mutations.Of(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken), random.Next());
            await Hostile.TryAsync(new MemoryFile(Path.GetFileName(path), bytes), $"{path}, round {round}");
        }
    }
}
