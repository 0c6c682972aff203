using System.Diagnostics;
using System.Globalization;
using CryoHub.Formats;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Benchmarks.Cases;

/// <summary>How long each format takes from a closed file to its first frame: recognised, opened and read, everything in memory of the operating system already. Processor time
/// stands beside the slowest, as other work on the machine makes the clock's time longer.</summary>
internal static class FirstFrameTable
{
    private const int Rounds = 5;
    private const double WantedMs = 100;

    public static async Task<int> PrintAsync(CancellationToken ct)
    {
        if (!SharedData.IsPresent)
        {
            Console.Error.WriteLine(SharedData.Absent);
            return 2;
        }

        List<(string Key, string File, double Ms, double Cpu)> all = [];
        foreach (var path in Directory.EnumerateFiles(SharedData.Folder, "*", SearchOption.AllDirectories).Where(path => !Path.GetRelativePath(SharedData.Folder, path).StartsWith("expected", StringComparison.Ordinal)))
        {
            if (await MedianAsync(path, ct) is { } found)
            {
                all.Add((found.Key, Path.GetRelativePath(SharedData.Folder, path), found.Ms, found.Cpu));
            }
        }

        Console.WriteLine($"{"format",-28} {"files",6} {"median ms",10} {"slowest ms",11} {"its CPU ms",11}");
        foreach (var format in all.GroupBy(file => file.Key).OrderBy(format => format.Key, StringComparer.Ordinal))
        {
            var sorted = format.OrderBy(file => file.Ms).ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{format.Key,-28} {sorted.Count,6} {sorted[sorted.Count / 2].Ms,10:F1} {sorted[^1].Ms,11:F1} {sorted[^1].Cpu,11:F1}  {(sorted[^1].Ms > WantedMs ? sorted[^1].File : "")}"));
        }

        return 0;
    }

    /// <summary>Median of some rounds after one that compiles; <c>null</c> where no reader knows the file or refuses it.</summary>
    private static async Task<(string Key, double Ms, double Cpu)?> MedianAsync(string path, CancellationToken ct)
    {
        List<(double Ms, double Cpu)> rounds = [];
        var key = "";
        for (var round = 0; round <= Rounds; round++)
        {
            var cpu = Environment.CpuUsage.TotalTime;
            var clock = Stopwatch.StartNew();
            try
            {
                using var file = new FolderFile(path);
                var reader = await FormatCatalog.DetectAsync(file, ct);
                var signals = await reader.OpenAsync(file, ct);
                await signals[0].ReadFrameAsync(0, new byte[signals[0].Header.FrameBytes], ct);
                key = reader.Format.Key;
            }
            catch (ProblemException)
            {
                return null;
            }

            if (round > 0)
            {
                rounds.Add((clock.Elapsed.TotalMilliseconds, (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds));
            }
        }

        rounds.Sort();
        return (key, rounds[rounds.Count / 2].Ms, rounds.Select(round => round.Cpu).Order().ElementAt(rounds.Count / 2));
    }
}
