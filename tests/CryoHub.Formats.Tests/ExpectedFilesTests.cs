using CryoHub.Formats.Tests.Expected;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests;

public sealed class ExpectedFilesTests
{
    /// <summary>Folders of real files whose every file must agree with its expected values.</summary>
    private static readonly string[] Folders =
    [
        "mrc",
        "dm3",
        "dm4",
        "msa",
        "tia",
        "tiff",
        "emd",
        "bruker",
        "biologic",
        "mib",
        "blo",
        "tvips",
        "empad",
        "semper",
        "em",
        "dynamo",
        "npy",
        "nrrd",
        "rpl",
        "prz",
        "nexus",
        "hspy",
        "dm5",
        "h5ebsd",
        "dectris",
        "topspin",
        "edax",
        "xradia",
        "sims",
        "afm",
        "hmsa",
        "digitalsurf",
        "jeol",
        "jeol/1",
        "jeol/1/Sample/00_View002",
        "jeol/Sample/00_View000",
        "cif",
        "ncmat",
        "star",
        "imod",
        "mdoc",
        "serialem-nav",
        "apt",
        "ebsd",
        "neware",
        "zspy",
        "arbin",
        "maccor",
        "bdf",
        "echem-other",
        "insitu",
        "protochips",
        "massspec",
        "jcamp",
    ];

    public static TheoryData<string> Files => SharedData.IsPresent
        ? [.. Folders.SelectMany(ExpectedFile.Of).Where(name => !Companions.Are(name))]
        : [""];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_real_file_reads_as_an_independent_reader_reads_it(string name)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var ct = TestContext.Current.CancellationToken;
        var expected = ExpectedFile.Load(name);
        using var folder = new FolderFile(expected.Path);
        ISourceFile file = name.EndsWith(".zip", StringComparison.Ordinal) ? ZipMember.Only(expected.Path) : folder;
        if (expected.IsFallback || expected.DataMissing || KnownDifferences.Refused.Contains(name))
        {
            await RefusedOrOpened(file, expected.DataMissing || KnownDifferences.Refused.Contains(name), ct);
            return;
        }

        var reader = await FormatCatalog.DetectAsync(file, ct);
        var signals = await reader.OpenAsync(file, ct);
        if (expected.Hdf5.Count > 0)
        {
            Assert.Equal("", string.Join('\n', Hdf5Comparer.Differences(expected.Hdf5, signals)));
        }

        Assert.True(signals.Count >= expected.Signals.Count, $"expected {expected.Signals.Count} signals, found {signals.Count}: {string.Join("; ", signals.Select(s => s.Header.Name))}");
        List<string> found = [];
        List<ISignal> unclaimed = [.. signals];
        for (var i = 0; i < expected.Signals.Count; i++)
        {
            found.AddRange(await BestMatchAsync(expected.Signals[i], unclaimed, ct));
        }

        var known = KnownDifferences.Of(name);
        var wrong = found.Where(difference => !known.Any(start => difference.StartsWith(start, StringComparison.Ordinal)));
        var outdated = known.Where(start => !found.Any(difference => difference.StartsWith(start, StringComparison.Ordinal)));
        var all = string.Join('\n', [.. wrong, .. outdated.Select(start => $"no longer differs: {start}")]);
        Assert.True(all.Length == 0, all);
    }

    /// <summary>Readers need not list a file's signals in the same order: the signal with the fewest differences is claimed, the earliest on a tie.</summary>
    private static async Task<List<string>> BestMatchAsync(ExpectedSignal expected, List<ISignal> unclaimed, CancellationToken ct)
    {
        (ISignal Signal, List<string> Differences)? best = null;
        foreach (var signal in unclaimed)
        {
            var differences = await SignalComparer.DifferencesAsync(expected, signal, ct);
            if (best is null || differences.Count < best.Value.Differences.Count)
            {
                best = (signal, differences);
            }

            if (differences.Count == 0)
            {
                break;
            }
        }

        unclaimed.Remove(best!.Value.Signal);
        return best.Value.Differences;
    }

    private static async Task RefusedOrOpened(ISourceFile file, bool mustRefuse, CancellationToken ct)
    {
        try
        {
            var reader = await FormatCatalog.DetectAsync(file, ct);
            await reader.OpenAsync(file, ct);
            Assert.False(mustRefuse, "The file's pixels are missing, yet it was opened.");
        }
        catch (ProblemException problem)
        {
            Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        }
    }
}
