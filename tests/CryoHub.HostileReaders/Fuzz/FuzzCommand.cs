using System.Diagnostics;
using System.Globalization;
using CryoHub.TestKit;

namespace CryoHub.HostileReaders.Fuzz;

/// <summary><c>./dev fuzz --minutes N [FORMAT...]</c>: new seeds for every format in turn until the time is over.</summary>
internal static class FuzzCommand
{
    private const int RoundsAtATime = 500;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var at = Array.IndexOf(arguments, "--minutes");
        if (at < 0 || at + 1 >= arguments.Length || !double.TryParse(arguments[at + 1], CultureInfo.InvariantCulture, out var minutes) || !SharedData.IsPresent)
        {
            Console.Error.WriteLine(SharedData.IsPresent ? "usage: ./dev fuzz --minutes N [FORMAT...]" : SharedData.Absent);
            return 2;
        }

        string[] wanted = [.. arguments.Where((_, i) => i != at && i != at + 1)];
        var samples = FuzzSamples.Of(SharedData.Folder).Where(pair => wanted.Length == 0 || wanted.Contains(pair.Key)).ToList();
        var clock = Stopwatch.StartNew();
        var bad = 0;
        for (var seed = 1; clock.Elapsed.TotalMinutes < minutes && samples.Count > 0; seed++)
        {
            foreach (var (key, files) in samples.TakeWhile(_ => clock.Elapsed.TotalMinutes < minutes))
            {
                var found = await FuzzRun.RunAsync(files, seed, FuzzRun.Cuts..(FuzzRun.Cuts + RoundsAtATime), CancellationToken.None);
                bad += found.Count;
                Console.WriteLine($"{key,-24} seed {seed,4}: {RoundsAtATime} damaged files, {found.Count} bad");
                foreach (var line in found)
                {
                    Console.WriteLine($"    {line}");
                }
            }
        }

        return bad == 0 ? 0 : 1;
    }
}
