using CryoHub.HostileReaders.Fuzz;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Contract;

/// <summary>
/// Damaged files of every format, in a child process with limits (tests/CryoHub.HostileReaders): cut at every byte of the first 4 KiB and at 50 places, and 2,000 mutations.
/// Each is read or refused in words, within five seconds and 64 MiB plus twice the file. <c>./dev fuzz --minutes N</c> goes on with other seeds.
/// </summary>
public sealed class HostileFilesTests
{
    private const int Seed = 20260131;
    private const int Mutations = 2000;

    private static readonly Lazy<IReadOnlyDictionary<string, IReadOnlyList<string>>> Files = new(() => FuzzSamples.Of(SharedData.Folder));

    public static TheoryData<string> Formats => SharedData.IsPresent ? [.. Files.Value.Keys] : [""];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_damaged_file_is_read_or_refused(string key)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var found = await FuzzRun.RunAsync(Files.Value[key], Seed, 0..(FuzzRun.Cuts + Mutations), TestContext.Current.CancellationToken);
        var wrong = string.Join('\n', found);
        Assert.True(wrong.Length == 0, wrong);
    }
}
