using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Crates;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Provenance;
using CryoHub.Platform.Results;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Steps;
using CryoHub.Platform.Storage;
using CryoHub.Web.Tests.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Web.Tests.Crates;

public sealed class CrateTests(CrateTests.App app) : IClassFixture<CrateTests.App>
{
    private static readonly DateTimeOffset Then = new(2026, 3, 5, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private CrateDesk Desk => app.Services.GetRequiredService<CrateDesk>();

    private IObjectStore Store => app.Services.GetRequiredService<IObjectStore>();

    [Fact]
    public async Task Other_programs_open_a_project_and_find_nothing_wrong()
    {
        var world = await World.MakeAsync(app);
        var bytes = RandomNumberGenerator.GetBytes(3_000_000);
        await AddFileAsync(world.Dataset, "../../tilt #1/Größe (100 %).mrc", bytes);
        await AddItemsAsync(world.Result);
        await RecordAsync(world);

        using var crate = await FetchAsync("viewer", $"/api/projects/{world.Project}/crate?files=true");
        var verdict = await crate.JudgeAsync(Ct);

        Assert.Empty(verdict.Errors);
        Assert.Empty(verdict.Wrong);
        Assert.Empty(verdict.Dangling);
        Assert.Equal(verdict.Described, verdict.Entities);
        Assert.All(verdict.Undescribed, path => Assert.True(path.EndsWith('/') || path == "ro-crate-metadata.json" || path.Contains(".zarr/", StringComparison.Ordinal), path));
        Assert.Contains("data/Data set/tilt #1/Größe (100 %).mrc", verdict.Files);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(crate.Folder, "data/Data set/tilt #1/Größe (100 %).mrc"), Ct));
        Assert.Contains("results/Peaks/spectrum.zarr/zarr.json", crate.Names);
        Assert.Equal("ro-crate-metadata.json", crate.Names[^1]);
        Assert.DoesNotContain(crate.Names, name => name.StartsWith('/') || name.Split('/').Contains(".."));
    }

    [Fact]
    public async Task Tables_tell_what_was_recorded_and_leave_empty_what_has_no_value()
    {
        var world = await World.MakeAsync(app);
        await AddItemsAsync(world.Result);
        await RecordAsync(world);
        using var crate = await FetchAsync("viewer", $"/api/projects/{world.Project}/crate");

        // -150 °C is 123.15 K by the definition of the Celsius scale.
        var cells = crate.Text("tables/step-values.csv").Split('\n').Single(line => line.Contains(",temperature-max,", StringComparison.Ordinal)).Split(',');
        Assert.Equal(["Highest temperature", "'-150 °C", "K"], [cells[2], cells[3], cells[5]]);
        Assert.Equal(123.15, double.Parse(cells[4], CultureInfo.InvariantCulture), 1e-9);
        Assert.Contains($"{world.Result},peak,2.5,nm,\n", crate.Text("tables/numbers.csv"), StringComparison.Ordinal);
        Assert.Equal("x (eV),y (counts)\n1,10\n2,\n", crate.Text("results/Peaks/background.csv"));
        Assert.Equal("d (nm),ring\n0.25,one\n", crate.Text("results/Peaks/rings.csv"));
        Assert.Contains($"{world.Pair},wash,,", crate.Text("tables/pairs.csv"), StringComparison.Ordinal);
        Assert.Contains("Sample has the control control (wash).", crate.Text("methods/Sample.md"), StringComparison.Ordinal);
        Assert.Contains("Wash", crate.Text("methods/Sample.md"), StringComparison.Ordinal);
        Assert.Equal("FeatureCollection", (string?)JsonNode.Parse(crate.Text("annotations/Data set signal 0.geojson"))!["type"]);
        var prov = JsonNode.Parse(crate.Text("provenance.json"))!;
        Assert.NotNull(prov["entity"]![$"cryohub:dataset-{world.Dataset}"]);
        Assert.Contains(prov["used"]!.AsObject(), used => (string?)used.Value!["prov:entity"] == $"cryohub:dataset-{world.Dataset}" && (string?)used.Value["prov:activity"] == $"cryohub:run-{world.Result}");
        Assert.DoesNotContain(crate.Names, name => name.StartsWith("data/", StringComparison.Ordinal));
        Assert.Empty((await crate.JudgeAsync(Ct)).Errors);
    }

    [Fact]
    public async Task An_item_brings_what_it_came_from_but_nothing_of_projects_that_are_not_shared()
    {
        var world = await World.MakeAsync(app);
        var guest = await app.PersonAsync("guest");
        var lab = await app.Scene.LabAsync((guest, Platform.Labs.LabRole.Owner));
        var own = await app.Scene.ProjectAsync(lab, "Theirs");
        await app.Scene.ReadAsync(async db => await db.Results.Where(r => r.Id == world.Result).ExecuteUpdateAsync(set => set.SetProperty(r => r.ProjectId, own)));
        using var client = await app.ClientForAsync("guest");
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/provenance/dataset/{world.Dataset}/crate", Ct)).StatusCode);

        using var crate = await FetchAsync("guest", $"/api/provenance/result/{world.Result}/crate?files=true");
        Assert.Contains("results/Peaks/peaks.csv", crate.Names);
        Assert.DoesNotContain(crate.Names, name => name.StartsWith("data/", StringComparison.Ordinal));
        Assert.DoesNotContain(world.Dataset.ToString(), crate.Text("ro-crate-metadata.json") + crate.Text("provenance.json") + crate.Text("tables/results.csv"), StringComparison.Ordinal);
        Assert.Empty((await crate.JudgeAsync(Ct)).Errors);
    }

    [Fact]
    public async Task What_is_too_large_is_refused_with_numbers_and_can_be_had_without_files()
    {
        var world = await World.MakeAsync(app);
        await AddFileAsync(world.Dataset, "large.mrc", new byte[App.LargestBytes + 1]);
        using var viewer = await app.ClientForAsync("viewer");
        using var refused = await viewer.GetAsync($"/api/projects/{world.Project}/crate?files=true", Ct);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("at most 0.01 GB", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Contains("at most 0.01 GB", (await Desk.SizeAsync(await app.PersonAsync("viewer"), world.Project, Ct))!.Refusal, StringComparison.Ordinal);
        (await FetchAsync("viewer", $"/api/projects/{world.Project}/crate")).Dispose();
    }

    [Fact]
    public async Task An_archive_during_which_something_is_thrown_away_ends_and_opens_nowhere()
    {
        var world = await World.MakeAsync(app);
        var crate = await Desk.ProjectAsync(await app.PersonAsync("viewer"), world.Project, withFiles: true, Ct);
        await app.Scene.ReadAsync(db => db.Datasets.Where(d => d.Id == world.Dataset).ExecuteUpdateAsync(set => set.SetProperty(d => d.DeletedAt, Then), Ct));
        using var output = new MemoryStream();
        var problem = await Assert.ThrowsAsync<ProblemException>(() => crate!.WriteAsync(output, Ct));
        Assert.Equal(ProblemKind.Conflict, problem.Kind);
        Assert.Throws<InvalidDataException>(() => new ZipArchive(new MemoryStream(output.ToArray())));
    }

    [Fact]
    public async Task A_lost_object_is_named_and_keeps_nothing_else_back()
    {
        var world = await World.MakeAsync(app);
        await Store.DeleteOneAsync($"datasets/{world.Dataset}/original/{world.File}", Ct);
        using var crate = await FetchAsync("viewer", $"/api/provenance/{NodeKind.Dataset}/{world.Dataset}/crate?files=true");
        Assert.Equal("data/Data set/a.mrc\n", crate.Text("MISSING.txt"));
        Assert.Contains("results/Peaks/peaks.csv", crate.Names);
    }

    [Fact]
    public async Task A_damaged_original_goes_along_and_is_called_damaged()
    {
        var world = await World.MakeAsync(app);   // its file is declared with a hash of zeros
        using var crate = await FetchAsync("viewer", $"/api/projects/{world.Project}/crate?files=true");
        var file = JsonNode.Parse(crate.Text("ro-crate-metadata.json"))!["@graph"]!.AsArray().Single(entity => (string?)entity!["@id"] == "data/Data%20set/a.mrc")!;
        Assert.StartsWith("Damaged in the store", (string?)file["description"], StringComparison.Ordinal);
        Assert.Empty((await crate.JudgeAsync(Ct)).Wrong);
    }

    private async Task<Unpacked> FetchAsync(string person, string url)
    {
        using var client = await app.ClientForAsync(person);
        using var answer = await client.GetAsync(url, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith(".zip", answer.Content.Headers.ContentDisposition!.FileNameStar, StringComparison.Ordinal);
        return await Unpacked.OpenAsync(await answer.Content.ReadAsByteArrayAsync(Ct), Ct);
    }

    private async Task AddFileAsync(Guid dataset, string path, byte[] bytes)
    {
        var id = Guid.CreateVersion7();
        await Store.PutAsync($"datasets/{dataset}/original/{id}", new MemoryStream(bytes), Ct);
        await app.Scene.ReadAsync(db =>
        {
            db.Add(new DatasetFile { Id = id, DatasetId = dataset, Path = path, ObjectKey = $"datasets/{dataset}/original/{id}", Size = bytes.Length, Sha256 = SHA256.HashData(bytes) });
            return db.SaveChangesAsync(Ct);
        });
    }

    /// <summary>A number without uncertainty, a curve with a value that does not exist, and a table.</summary>
    private Task AddItemsAsync(Guid result) => app.Scene.ReadAsync(db =>
    {
        ResultItem Item(int index, ResultKind kind, string name, string content) => new() { ResultId = result, Index = index, Kind = kind, Name = name, Content = JsonDocument.Parse(content) };
        db.AddRange(
            Item(2, ResultKind.Number, "peak", """{"value":2.5,"unit":"nm","uncertainty":null}"""),
            Item(3, ResultKind.Curve, "background", """{"x":[1,2],"y":[10,null],"xUnit":"eV","yUnit":"counts"}"""),
            Item(4, ResultKind.Table, "rings", """{"columns":[{"name":"d","unit":"nm","values":[0.25]},{"name":"ring","unit":"","values":["one"]}]}"""));
        return db.SaveChangesAsync(Ct);
    });

    private async Task RecordAsync(World world) => await app.Services.GetRequiredService<StepLog>().RecordAsync(
        await app.PersonAsync("editor"), world.Project,
        new StepText(
            "cutting", Then, Person: "Ada", Device: "blade", Values: new Dictionary<string, string> { [CommonFields.Warmest.Key] = "-150 °C" }, Subjects: [world.Sample], NewProducts: [new(SampleKind.Grid, "G \"1\"/2")]),
        Ct);

    public sealed class App : TestApp
    {
        public const int LargestBytes = 10_000_000;

        protected override IEnumerable<KeyValuePair<string, string>> Settings => [new("Crates:LargestBytes", $"{LargestBytes}")];
    }
}
