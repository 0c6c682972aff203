using System.Text.Json;
using CryoHub.Imaging;
using CryoHub.Platform.Fields;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Results;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Steps;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Fields;

public sealed class FieldTableTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Then = new(2026, 3, 5, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private FieldTable Table => database.Get<FieldTable>();

    [Fact]
    public async Task HRTEM_of_lamellae_milled_too_warm_are_found_by_grid_type()
    {
        var (owner, project) = await ProjectAsync();
        await ImageAsync(owner, project, "warm gold", milledAt: "-110 degC", grid: "gold", mode: "HRTEM");
        await ImageAsync(owner, project, "warm copper", milledAt: "163 K", grid: "copper", mode: "HRTEM");
        await ImageAsync(owner, project, "cold copper", milledAt: "-165 °C", grid: "copper", mode: "HRTEM");
        await ImageAsync(owner, project, "warm pattern", milledAt: "-90 °C", grid: "copper", mode: "SAED");
        await database.Scene.DatasetAsync(project, "of nothing known");

        var query = new FieldQuery(project, null, ["milling.temperature-max"], ["acquisition.mode=HRTEM", "milling.temperature-max>-120 degC"], "mounting.material");
        var page = await Table.ReadAsync(owner, query, PageRequest.First, Ct);

        Assert.Equal([("copper", "warm copper"), ("gold", "warm gold")], page.Rows.Select(row => (row.Group, row.Name)));
        Assert.Equal([new FieldGroup("copper", 1), new FieldGroup("gold", 1)], page.Groups);
        Assert.Equal([-110.15, -110.0], page.Rows.Select(row => row.Cells[0]!.Number!.Value), (a, b) => Math.Abs(a - b) < 1e-9);
        var csv = await Table.CsvAsync(owner, query, Ct);
        Assert.StartsWith("Grid: grid material,Data set,Milling: highest temperature (°C)\ncopper,warm copper,-110.1", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_comes_last_and_only_the_question_for_it_finds_it()
    {
        var (owner, project) = await ProjectAsync();
        await ImageAsync(owner, project, "cold", milledAt: "-165 °C", grid: "copper", mode: "HRTEM");
        await ImageAsync(owner, project, "warm", milledAt: "-100 °C", grid: "copper", mode: "HRTEM");
        await database.Scene.DatasetAsync(project, "bare");

        Assert.Equal(["cold", "warm", "bare"], await NamesAsync(owner, project, sort: "milling.temperature-max"));
        Assert.Equal(["warm", "cold", "bare"], await NamesAsync(owner, project, sort: "milling.temperature-max", descending: true));
        Assert.Equal(["bare"], await NamesAsync(owner, project, "milling.temperature-max!"));
        Assert.Equal(["cold", "warm"], await NamesAsync(owner, project, "milling.temperature-max?"));
        Assert.Equal(["warm"], await NamesAsync(owner, project, "milling.temperature-max!=-165"));
    }

    [Fact]
    public async Task What_happened_to_a_parent_later_is_not_the_childs_and_a_correction_counts()
    {
        var (owner, project) = await ProjectAsync();
        var cell = await database.Scene.SampleAsync(project, "C-1");
        await RecordAsync(owner, project, new StepText("disassembly", Then, Subjects: [cell], Values: Values(("oxygen", "0.3 ppm"))));
        await RecordAsync(owner, project, new StepText("cutting", Then.AddHours(1), Subjects: [cell], NewProducts: [new(SampleKind.Specimen, "S-1")]));
        await RecordAsync(owner, project, new StepText("disassembly", Then.AddHours(2), Subjects: [cell], Values: Values(("oxygen", "90 ppm"))));
        var specimen = await database.Scene.ReadAsync(db => db.Samples.Where(s => s.ProjectId == project && s.Name == "S-1").Select(s => s.Id).SingleAsync());
        await database.Scene.DatasetAsync(project, "early", specimen);
        await database.Scene.DatasetAsync(project, "late", cell);
        Assert.Equal(["early"], await NamesAsync(owner, project, "disassembly.oxygen<1 ppm"));

        var signed = await database.Scene.ReadAsync(db => db.Steps.Where(s => s.ProjectId == project && s.Kind == "disassembly").OrderBy(s => s.StartedAt).Select(s => new { s.Id, s.Version }).FirstAsync());
        Assert.Equal(Change.Done, await database.Get<StepLog>().SignAsync(owner, signed.Id, signed.Version, Ct));
        await RecordAsync(owner, project, new StepText("disassembly", Then, Subjects: [cell], Values: Values(("oxygen", "3 ppm")), CorrectsId: signed.Id));
        Assert.Empty(await NamesAsync(owner, project, "disassembly.oxygen<1 ppm"));
        Assert.Equal(["early"], await NamesAsync(owner, project, "disassembly.oxygen=3"));
    }

    [Fact]
    public async Task A_table_of_everything_holds_only_what_the_person_may_see()
    {
        var (owner, project) = await ProjectAsync();
        await database.Scene.DatasetAsync(project, "mine");
        var (stranger, other) = await ProjectAsync();
        await database.Scene.DatasetAsync(other, "theirs");
        Assert.Equal(["mine"], (await Table.ReadAsync(owner, new FieldQuery(null, null, [], []), PageRequest.First, Ct)).Rows.Select(row => row.Name));
        Assert.Empty((await Table.ReadAsync(stranger, new FieldQuery(project, null, [], []), PageRequest.First, Ct)).Rows);
    }

    /// <summary>Three pictures of cell A (1, 2, 3), one of B (8) on copper and of C and D (4, 6) on gold: means of cells 2 and 8 against 4 and 6, so δ of gold against copper is 0.</summary>
    [Fact]
    public async Task Pictures_of_one_cell_count_as_one_and_the_comparison_says_so()
    {
        var (owner, project) = await ProjectAsync();
        foreach (var (cell, grid, milled) in new[] { ("A", "copper", new[] { 1, 2, 3 }), ("B", "copper", [8]), ("C", "gold", [4]), ("D", "gold", [6]) })
        {
            var made = await database.Scene.SampleAsync(project, cell);
            foreach (var temperature in milled)
            {
                await ImageAsync(owner, project, $"{cell}{temperature}", $"{temperature} °C", grid, "HRTEM", made);
            }
        }

        await database.Scene.DatasetAsync(project, "bare");
        var comparison = await database.Get<Comparisons>().OfAsync(owner, new FieldQuery(project, null, [], []), "mounting.material", "milling.temperature-max", Ct);

        Assert.Equal(["copper", "gold"], comparison.Groups.Select(group => group.Label));
        Assert.Equal([4, 2], comparison.Groups.Select(group => group.Values.Count));
        Assert.Equal([2.0, 8.0], comparison.Groups[0].Units.Order(), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(5, comparison.Groups[0].Summary.Mean!.Value, 1e-9);
        Assert.Equal(0, comparison.Groups[1].Effect!.Delta, 1e-12);
        Assert.Equal("6 values come from 4 cells. Intervals and the test use the cells' means.", comparison.Dependence);
        Assert.Equal("Mann–Whitney test, exact", comparison.Test!.Name);
        Assert.Equal(1, comparison.Left);
        var refused = await Assert.ThrowsAsync<ProblemException>(() => database.Get<Comparisons>().OfAsync(owner, new FieldQuery(project, null, [], []), "sample.metal", "acquisition.mode", Ct));
        Assert.Contains("recorded in words", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Two specimens of one cell, one on copper and one on gold: no test of independent groups knows of that.</summary>
    [Fact]
    public async Task A_cell_that_stands_in_two_groups_is_told()
    {
        var (owner, project) = await ProjectAsync();
        var (a, b) = (await database.Scene.SampleAsync(project, "A"), await database.Scene.SampleAsync(project, "B"));
        foreach (var (cell, grid, at) in new[] { (a, "copper", 1), (a, "gold", 2), (b, "copper", 3), (b, "gold", 5) })
        {
            await ImageAsync(owner, project, $"{at}", $"{at} °C", grid, "HRTEM", cell);
        }

        var comparison = await database.Get<Comparisons>().OfAsync(owner, new FieldQuery(project, null, [], []), "mounting.material", "milling.temperature-max", Ct);
        Assert.Equal("4 values come from 2 cells. Intervals and the test use the cells' means. 2 of them stand in several groups, which no test here takes into account.", comparison.Dependence);
    }

    /// <summary>0.02 µm are 20 nm; an angle is no thickness and stays in words.</summary>
    [Fact]
    public async Task Numbers_of_results_are_compared_in_one_unit_and_the_newest_counts()
    {
        var (owner, project) = await ProjectAsync();
        foreach (var (name, value, unit) in new[] { ("a", 35, "nm"), ("a", 30, "nm"), ("b", 0.02, "µm"), ("c", 7, "°") })
        {
            await MeasureAsync(project, name, value, unit);
        }

        var page = await Table.ReadAsync(owner, new FieldQuery(project, null, ["value.Thickness"], ["value.Thickness?"], Sort: "value.Thickness"), PageRequest.First, Ct);
        Assert.Equal("nm", Assert.Single(page.Columns).Unit);
        Assert.Equal([("c", "7 °", null), ("b", "20", 20.0), ("a", "30", 30.0)], page.Rows.Select(row => (row.Name, row.Cells[0]!.Text, Rounded(row.Cells[0]!.Number))));
        Assert.Equal(["Thickness"], await database.Get<Comparisons>().NumbersAsync(owner, new FieldQuery(project, null, [], []), Ct));
        Assert.Equal(["b"], await NamesAsync(owner, project, "value.Thickness<25"));
    }

    private static double? Rounded(double? number) => number is { } known ? Math.Round(known, 9) : null;

    /// <summary>A result with one number, of the data set of that name, which is made where it is not there.</summary>
    private async Task MeasureAsync(Guid project, string dataset, double value, string unit)
    {
        var known = await database.Scene.ReadAsync(db => db.Datasets.Where(d => d.ProjectId == project && d.Name == dataset).Select(d => (Guid?)d.Id).SingleOrDefaultAsync());
        var input = known ?? await database.Scene.DatasetAsync(project, dataset);
        var result = await database.Scene.ResultAsync(project);
        await database.Scene.ReadAsync(async db =>
        {
            var made = await db.Results.SingleAsync(r => r.Id == result);
            db.JobInputs.Add(new JobInput { JobId = made.JobId, Role = "signal", DatasetId = input, Sha256 = new byte[32] });
            db.Add(new ResultItem { ResultId = result, Index = 7, Kind = ResultKind.Number, Name = "Thickness", Content = JsonSerializer.SerializeToDocument(new { value, unit }) });
            return await db.SaveChangesAsync();
        });
    }

    [Theory]
    [InlineData("milling.colour=red", "no recorded field")]
    [InlineData("milling.temperature-max>cold", "no number with a unit")]
    [InlineData("milling.temperature-max>3 keV", "expected a temperature")]
    [InlineData("sample.metal>Li", "recorded in words")]
    [InlineData("sample.metal=", "no value to compare")]
    [InlineData("just words", "is no filter")]
    public async Task A_filter_that_means_nothing_is_refused_in_words(string filter, string words)
    {
        var refused = await Assert.ThrowsAsync<ProblemException>(() => Table.ReadAsync(Guid.CreateVersion7(), new FieldQuery(null, null, [], [filter]), PageRequest.First, Ct));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    private async Task<string[]> NamesAsync(Guid person, Guid project, string? filter = null, string? sort = null, bool descending = false) =>
        [.. (await Table.ReadAsync(person, new FieldQuery(project, null, [], filter is null ? [] : [filter], null, sort, descending), PageRequest.First, Ct)).Rows.Select(row => row.Name)];

    private async Task<(Guid Owner, Guid Project)> ProjectAsync()
    {
        var owner = await database.Scene.PersonAsync($"owner-{Guid.CreateVersion7():N}");
        return (owner, await database.Scene.ProjectAsync(await database.Scene.LabAsync((owner, LabRole.Owner))));
    }

    /// <summary>A lamella, milled and put on a grid, with one picture of it.</summary>
    private async Task ImageAsync(Guid owner, Guid project, string name, string milledAt, string grid, string mode, Guid? cell = null)
    {
        var lamella = await database.Scene.SampleAsync(project, $"L {name}", cell);
        await RecordAsync(owner, project, new StepText("milling", Then, Subjects: [lamella], Values: Values(("temperature-max", milledAt))));
        await RecordAsync(owner, project, new StepText("mounting", Then.AddHours(1), Subjects: [lamella], Values: Values(("material", grid)), NewProducts: [new(SampleKind.Grid, $"G {name}")]));
        var mounted = await database.Scene.ReadAsync(db => db.Samples.Where(s => s.ProjectId == project && s.Name == $"G {name}").Select(s => s.Id).SingleAsync());
        var image = await database.Scene.DatasetAsync(project, name, mounted);
        await RecordAsync(owner, project, new StepText("acquisition", Then.AddHours(2), Subjects: [mounted], Datasets: [image], Values: Values(("mode", mode))));
    }

    private Task<Guid?> RecordAsync(Guid owner, Guid project, StepText text) => database.Get<StepLog>().RecordAsync(owner, project, text, Ct);

    private static Dictionary<string, string> Values(params (string Key, string Typed)[] values) => values.ToDictionary(value => value.Key, value => value.Typed);
}
