using System.Diagnostics;
using System.Globalization;
using CryoHub.Formats.Hdf5;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Contract;

/// <summary>2,000 damaged files of each dialect of HDF5, opened and read in a child process that is used until it dies.</summary>
public sealed class Hdf5MutationTests
{
    private const int Rounds = 2000;
    private const int SamplesOfADialect = 4;

    /// <summary>libhdf5 1.10 dereferences what damaged structures say in places that no caller can check; ingest's child dies of it, and the file is refused. Found: 1 in 1,000.</summary>
    private const int MostCrashes = Rounds / 200;

    private const int SegmentationFault = 128 + 11;

    private static readonly Lazy<Task<ILookup<string, string>>> Dialects = new(async () =>
    {
        var found = new List<(string Key, string Path)>();
        foreach (var path in Samples.All.Where(sample => sample.Key == "hdf5").Select(sample => SharedData.PathOf(sample.File)))
        {
            using var file = new FolderFile(path);
            found.Add(((await FormatCatalog.DetectAsync(file, CancellationToken.None)).Format.Key, path));
        }

        return found.OrderBy(sample => new FileInfo(sample.Path).Length).ToLookup(sample => sample.Key, sample => sample.Path);
    });

    public static TheoryData<string> Keys => [.. new Hdf5Reader().Dialects.Select(dialect => dialect.Key).Where(key => key != "h5oina")];

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Damaged_files_are_read_or_refused_and_hardly_ever_end_the_child(string key)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var samples = (await Dialects.Value)[key].Take(SamplesOfADialect).ToList();
        Assert.NotEmpty(samples);
        List<string> bugs = [];
        List<int> crashes = [];
        for (var round = 0; round < Rounds;)
        {
            var (lines, exit, errors) = await RunAsync(round, samples, TestContext.Current.CancellationToken);
            bugs.AddRange(lines.Where(line => line.StartsWith("bug", StringComparison.Ordinal)));
            if (lines is [.., "done"])
            {
                break;
            }

            // A crash in our own code says so; one in the library says nothing.
            var last = lines.Where(line => int.TryParse(line, out _)).Select(line => int.Parse(line, CultureInfo.InvariantCulture)).DefaultIfEmpty(-1).Last();
            Assert.True(exit == SegmentationFault && errors.Length == 0 && last >= round, $"The child of {key} ended in round {last} with {exit}: {errors}");
            crashes.Add(last);
            round = last + 1;
        }

        Assert.Empty(bugs);
        Assert.True(crashes.Count <= MostCrashes, $"The child of {key} ended {crashes.Count} times in {Rounds} rounds: {string.Join(", ", crashes)}");
    }

    private static async Task<(List<string> Lines, int Exit, string Errors)> RunAsync(int from, List<string> files, CancellationToken ct)
    {
        var child = Path.Combine(AppContext.BaseDirectory, "CryoHub.HostileReaders.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [child, "mutate", from.ToString(CultureInfo.InvariantCulture), Rounds.ToString(CultureInfo.InvariantCulture), .. files])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(ct);
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            lines.Add(line);
        }

        await process.WaitForExitAsync(ct);
        return (lines, process.ExitCode, (await errors).Trim());
    }
}
