using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CryoHub.EndToEnd.Processes;

namespace CryoHub.Benchmarks.Cases;

/// <summary>
/// 50 people on one picture, each with an account, a connection to the hub and a shape to draw every five seconds: how long a shape takes from its drawer's wish to the others (news, question
/// and answer), and what the server uses meanwhile. Cursors rest.
/// </summary>
internal static class TogetherTable
{
    private const int People = 50, Lasts = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public static async Task<int> PrintAsync(CancellationToken ct)
    {
        await using var site = new LocalProcess(new Dictionary<string, string> { ["Web__SignInsPerMinute"] = "10000" });
        await site.StartAsync();
        await site.Api.SignInAsync(LocalProcess.Mail, site.Password);
        var project = await site.Api.NewProjectAsync("Together");
        var bytes = ColourTiff.Of(512, 512, (x, y) => ((byte)(x / 4), (byte)(y / 4), 60));
        var dataset = await site.Api.FinishUploadAsync(await site.Api.StartUploadAsync(project, "together.tif", bytes.Length), bytes);
        await Until.TrueAsync("the picture to be read", async () => await site.Api.StatusOfDatasetAsync(dataset) == "ready");
        var (sent, late) = (new ConcurrentDictionary<string, long>(), new ConcurrentBag<double>());
        var people = new List<TogetherPerson>();
        for (var i = 0; i < People; i++)
        {
            var api = await new Newcomer($"Person{i} Many").JoinAsync(site, project, "annotator");
            people.Add(await TogetherPerson.JoinAsync(api, dataset, sent, late, ct));
        }

        await Task.WhenAll(people.Select((person, i) => person.DrawAsync(i)));   // compiled and warm
        await Until.TrueAsync("the first shapes to be with everybody", () => Task.FromResult(late.Count == People * (People - 1)));
        late.Clear();
        var (used, database) = (site.ProcessorTime, DatabaseSeconds(site));
        var clock = Stopwatch.StartNew();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        end.CancelAfter(TimeSpan.FromSeconds(Lasts));
        await Task.WhenAll(people.Select((person, i) => KeepDrawingAsync(person, i, end.Token)));
        var (seconds, ours, theirs) = (clock.Elapsed.TotalSeconds, (site.ProcessorTime - used).TotalSeconds, DatabaseSeconds(site) - database);
        var drawn = sent.Count - People;
        await Until.TrueAsync("every shape to be with everybody", () => Task.FromResult(late.Count == drawn * (People - 1)));
        var sorted = late.Order().ToArray();
        Say($"{People} people, {drawn} shapes in {seconds:F0} s, each seen by all {People - 1} others: median {sorted[sorted.Length / 2]:F0} ms, 95 % below {sorted[sorted.Length * 95 / 100]:F0} (wanted: below 300), slowest {sorted[^1]:F0}");
        Say($"server: {ours / seconds:F2} cores, database {theirs / seconds:F2} (wanted: below 1); {Environment.ProcessorCount} cores, which this program shared");
        foreach (var person in people)
        {
            await person.DisposeAsync();
        }

        return 0;
    }

    private static async Task KeepDrawingAsync(TogetherPerson person, int number, CancellationToken ct)
    {
        try
        {
            await Task.Delay(Pause * number / People, ct);   // one after the other, not all at once
            using var clock = new PeriodicTimer(Pause);
            do
            {
                await person.DrawAsync(number);
            }
            while (await clock.WaitForNextTickAsync(ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Time is up.
        }
    }

    /// <summary>Of all processes of the database's server, which the kernel counts in hundredths of a second (proc(5): fields 4, 14 and 15 of stat).</summary>
    private static double DatabaseSeconds(LocalProcess site)
    {
        var postmaster = File.ReadLines(Directory.GetFiles(Path.Combine(site.Data, "database"), "postmaster.pid", SearchOption.AllDirectories).Single()).First();
        var ticks = 0L;
        foreach (var folder in Directory.GetDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            try
            {
                var fields = File.ReadAllText(Path.Combine(folder, "stat")).Split(") ")[^1].Split(' ');
                ticks += fields[1] == postmaster ? long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture) : 0;
            }
            catch (IOException)
            {
                // It ended while it was looked at.
            }
        }

        return ticks / 100.0;
    }

    private static void Say(FormattableString words) => Console.WriteLine(words.ToString(CultureInfo.InvariantCulture));
}
