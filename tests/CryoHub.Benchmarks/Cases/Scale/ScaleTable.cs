using System.Diagnostics;
using System.Globalization;
using CryoHub.Migrations;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Provenance;
using CryoHub.TestKit.Scale;
using Npgsql;

namespace CryoHub.Benchmarks.Cases.Scale;

/// <summary>How long a site of 1,000,000 data sets takes to answer: the use cases behind the pages, asked as somebody of three labs and as somebody of all 200, 200 times each.</summary>
internal static class ScaleTable
{
    private const int Times = 200;
    private const int WarmUp = 10;

    private static readonly string[] Rare = [.. Enumerable.Range(0, Times + WarmUp).Select(n => $"run{n * 31}")];
    private static readonly string[] Common = ["HAADF", "counting", "Ada", "magnification 22000", "HRTEM Chen", "EELS 81000 Elsa", "sodium", "Alfa"];

    public static async Task<int> PrintAsync(int labs, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        await using var site = await ScaleDatabase.OpenAsync(labs, null, ct);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"database of {labs} labs ready after {clock.Elapsed.TotalSeconds:F0} s; {Environment.ProcessorCount} cores; {Times} calls each, in milliseconds"));
        Console.WriteLine($"{"question",-44} {"person",-10} {"p50",8} {"p95",8} {"most",8} {"wanted",8}");
        await AsAsync(site, "3 labs", await site.MemberAsync(labs), ct);
        await AsAsync(site, "all labs", await site.EverywhereAsync(labs), ct);
        await RollForwardAsync(site, ct);
        return 0;
    }

    /// <summary>The newest migration once more, with the index over the data sets that it makes, and then the same program where there is nothing to do.</summary>
    private static async Task RollForwardAsync(ScaleDatabase site, CancellationToken ct)
    {
        await using (var owner = new NpgsqlConnection(site.OwnerConnectionString))
        {
            await owner.OpenAsync(ct);
            await using var back = new NpgsqlCommand("""drop index ix_datasets_measured_at; delete from "__EFMigrationsHistory" where "MigrationId" like '%Rules'""", owner);
            await back.ExecuteNonQueryAsync(ct);
        }

        foreach (var what in (string[])["newest migration, with an index of 1,000,000 rows", "migration where nothing is to be done"])
        {
            var clock = Stopwatch.StartNew();
            await MigrationsProgram.ApplyAsync(site.OwnerConnectionString, ct);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-55} {clock.Elapsed.TotalSeconds,8:F1} s"));
        }
    }

    private static async Task AsAsync(ScaleDatabase site, string who, Guid userId, CancellationToken ct)
    {
        var pages = new SitePages(site, userId);
        var (samples, datasets) = await pages.ItemsAsync(Times + WarmUp, ct);
        Task Time(string name, double wanted, Func<int, Task> ask) => TimeAsync(name, who, wanted, ask);
        DatasetFilter[] filters =
        [
            new() { Kind = "spectrum-image", MinBeamEnergyKeV = 300, Order = DatasetOrder.Name }, new() { Element = "Zn", Metal = "Li" }, new() { Kind = "tilt-series", Element = "O", Order = DatasetOrder.Acquired },
            new() { MaxBeamEnergyKeV = 80, From = new(2022, 1, 1, 0, 0, 0, TimeSpan.Zero), Order = DatasetOrder.Size, Descending = true },
        ];

        await Time("page of a sample", 150, i => pages.SampleAsync(samples[i].Id, ct));
        await Time("page of a data set", 150, i => pages.DatasetAsync(datasets[i], ct));
        await Time("graph of a sample", 300, i => pages.GraphAsync(NodeKind.Sample, samples[i].Id, ct));
        await Time("graph of a data set", 300, i => pages.GraphAsync(NodeKind.Dataset, datasets[i], ct));
        await Time("all data sets", 500, _ => pages.DatasetsAsync(new(), ct));
        await Time("data sets of a project", 500, i => pages.DatasetsAsync(new() { ProjectId = samples[i].ProjectId }, ct));
        for (var i = 0; i < filters.Length; i++)
        {
            var filter = filters[i];
            await Time($"data sets with two filters, {i + 1}", 500, _ => pages.DatasetsAsync(filter, ct));
        }

        var lab = await pages.LabAsync(ct);
        await Time("table of a lab, two filters and a group", 500, _ => pages.TableAsync(lab, ct));
        await Time("samples of a project", 500, i => pages.SamplesAsync(samples[i].ProjectId, ct));
        await Time("steps of a project", 500, i => pages.StepsAsync(samples[i].ProjectId, ct));
        await Time("search for a rare word", 200, i => pages.SearchAsync(Rare[i], ct));
        await Time("search for common words", 200, i => pages.SearchAsync(Common[i % Common.Length], ct));
        await Time("step recorded, with its audit rows", 20, i => pages.RecordAsync(samples[i].ProjectId, samples[i].Id, new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), ct));
    }

    private static async Task TimeAsync(string name, string who, double wanted, Func<int, Task> ask)
    {
        for (var i = 0; i < WarmUp; i++)
        {
            await ask(Times + i);
        }

        var taken = new List<double>();
        var all = Stopwatch.StartNew();
        for (var i = 0; i < Times && (all.Elapsed.TotalSeconds < 60 || taken.Count < 20); i++)
        {
            var started = Stopwatch.GetTimestamp();
            await ask(i);
            taken.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        taken.Sort();
        var p95 = taken[(int)Math.Ceiling(taken.Count * 0.95) - 1];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-44} {who,-10} {taken[taken.Count / 2],8:F1} {p95,8:F1} {taken[^1],8:F1} {wanted,8:F0} {(p95 > wanted ? "  slower than wanted" : "")}{(taken.Count < Times ? $"  ({taken.Count} calls)" : "")}"));
    }
}
