using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Ledgers;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Steps;
using CryoHub.Platform.Trash;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Steps;

public sealed class StepLogTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Then = new(2026, 3, 5, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private StepLog Steps => database.Get<StepLog>();

    private SampleChronicle Chronicle => database.Get<SampleChronicle>();

    [Fact]
    public async Task A_step_is_recorded_with_what_was_typed_and_its_value_in_SI()
    {
        var (owner, project, cell) = await CellAsync();
        var id = await RecordAsync(owner, project, new StepText("disassembly", Then, Then.AddMinutes(12), "Priya", Values: Values(("oxygen", "0.3 ppm"), ("temperature-max", "295 K")), Subjects: [cell]));
        var step = await Steps.FindAsync(owner, id, Ct);
        Assert.Equal(new StepValue("0.3 ppm", 0.3 * 1e-6), step!.Values["oxygen"]);
        Assert.Equal(new StepValue("295 K", 295), step.Values["temperature-max"]);
        Assert.Equal("Disassembly", step.Title);
    }

    [Fact]
    public async Task What_happened_to_a_parent_after_its_child_was_cut_off_is_not_the_childs()
    {
        var (owner, project, cell) = await CellAsync();
        await RecordAsync(owner, project, new StepText("disassembly", Then, Then.AddMinutes(10), Subjects: [cell]));
        await RecordAsync(owner, project, new StepText("cutting", Then.AddHours(1), Subjects: [cell], NewProducts: [new(SampleKind.Specimen, "S-1"), new(SampleKind.Specimen, "S-2")]));
        await RecordAsync(owner, project, new StepText("wash", Then.AddHours(2), Then.AddHours(2).AddMinutes(1), Subjects: [cell]));
        var piece = await database.Scene.ReadAsync(db => db.Samples.Where(s => s.ProjectId == project && s.Name == "S-2").Select(s => s.Id).SingleAsync());
        await RecordAsync(owner, project, new StepText("vitrification", Then.AddHours(3), Subjects: [piece]));
        Assert.Equal(["disassembly", "cutting", "vitrification"], (await Chronicle.OfAsync(owner, piece, Ct))!.Select(step => step.Kind));
        Assert.Equal(["disassembly", "cutting", "wash"], (await Chronicle.OfAsync(owner, cell, Ct))!.Select(step => step.Kind));
    }

    [Fact]
    public async Task Pooled_samples_bring_both_histories()
    {
        var (owner, project, first) = await CellAsync();
        var second = await database.Scene.SampleAsync(project, "Cell B");
        await RecordAsync(owner, project, new StepText("wash", Then, Subjects: [first]));
        await RecordAsync(owner, project, new StepText("disassembly", Then.AddHours(1), Subjects: [second]));
        await RecordAsync(owner, project, new StepText("mounting", Then.AddHours(2), Subjects: [first, second], NewProducts: [new(SampleKind.Grid, "G-1")]));
        var grid = await database.Scene.ReadAsync(db => db.Samples.Where(s => s.ProjectId == project && s.Name == "G-1").Select(s => s.Id).SingleAsync());
        Assert.Equal(["wash", "disassembly", "mounting"], (await Chronicle.OfAsync(owner, grid, Ct))!.Select(step => step.Kind));
    }

    [Fact]
    public async Task The_same_entry_sent_twice_is_recorded_once()
    {
        var (owner, project, cell) = await CellAsync();
        var entry = new StepText("wash", Then, Subjects: [cell], Id: Guid.CreateVersion7());
        Assert.Equal(entry.Id, await Steps.RecordAsync(owner, project, entry, Ct));
        Assert.Equal(entry.Id, await Steps.RecordAsync(owner, project, entry, Ct));
        Assert.Equal(1, (await Steps.ListAsync(owner, project, new PageRequest(0, 10), Ct))!.Total);
    }

    [Fact]
    public async Task Nothing_happens_to_a_sample_before_it_was_made()
    {
        var (owner, project, cell) = await CellAsync();
        await RecordAsync(owner, project, new StepText("cutting", Then.AddHours(1), Subjects: [cell], NewProducts: [new(SampleKind.Specimen, "S-1")]));
        var piece = await database.Scene.ReadAsync(db => db.Samples.Where(s => s.ProjectId == project && s.Name == "S-1").Select(s => s.Id).SingleAsync());
        await RefusedAsync(owner, project, new StepText("wash", Then, Subjects: [piece]), "S-1 was made on 5 Mar 2026 09:00 UTC");
    }

    [Fact]
    public async Task A_circle_is_refused()
    {
        var (owner, project, cell) = await CellAsync();
        await RecordAsync(owner, project, new StepText("cutting", Then, Subjects: [cell], NewProducts: [new(SampleKind.Specimen, "S-1")]));
        var piece = await database.Scene.ReadAsync(db => db.Samples.Where(s => s.ProjectId == project && s.Name == "S-1").Select(s => s.Id).SingleAsync());
        await RefusedAsync(owner, project, new StepText("cutting", Then.AddHours(1), Subjects: [piece], Products: [cell]), "can therefore not be made from it");
    }

    [Fact]
    public async Task A_sample_is_made_once()
    {
        var (owner, project, cell) = await CellAsync();
        var grid = await database.Scene.SampleAsync(project, "G-1");
        await RecordAsync(owner, project, new StepText("mounting", Then, Subjects: [cell], Products: [grid]));
        await RefusedAsync(owner, project, new StepText("mounting", Then.AddHours(1), Subjects: [cell], Products: [grid]), "G-1 was already made by a step of 5 Mar 2026 08:00 UTC");
    }

    [Theory]
    [InlineData("wash", "oxygen", "-3 ppm", "Oxygen: -3 ppm is not between nothing and the whole")]
    [InlineData("wash", "colour", "red", "has no field “colour”")]
    [InlineData("wash", "interphase", "moist", "“moist” is not one of dry, washed, wet, not washed")]
    [InlineData("laundry", "oxygen", "1", "“laundry” is no kind of step")]
    public async Task What_cannot_be_recorded_is_refused_in_words(string kind, string field, string typed, string reason)
    {
        var (owner, project, cell) = await CellAsync();
        await RefusedAsync(owner, project, new StepText(kind, Then, Values: Values((field, typed)), Subjects: [cell]), reason);
    }

    [Fact]
    public async Task A_step_in_the_future_or_ending_before_it_begins_is_refused()
    {
        var (owner, project, cell) = await CellAsync();
        await RefusedAsync(owner, project, new StepText("wash", Then, Then.AddMinutes(-1), Subjects: [cell]), "before it begins");
        await RefusedAsync(owner, project, new StepText("wash", TimeProvider.System.GetUtcNow().AddDays(1), Subjects: [cell]), "in the future");
    }

    [Fact]
    public async Task A_signed_step_is_frozen_and_its_correction_stands_for_it()
    {
        var (owner, project, cell) = await CellAsync();
        var id = await RecordAsync(owner, project, new StepText("disassembly", Then, Then.AddMinutes(10), Values: Values(("oxygen", "1 ppm"), ("water", "1 ppm")), Subjects: [cell]));
        var step = await Steps.FindAsync(owner, id, Ct);
        Assert.Equal(Change.Done, await Steps.SignAsync(owner, id, step!.Version, Ct));
        var frozen = await Assert.ThrowsAsync<ProblemException>(async () => await Steps.EditAsync(owner, id, new StepText("disassembly", Then), (await Steps.FindAsync(owner, id, Ct))!.Version, Ct));
        Assert.Contains("frozen", frozen.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ProblemException>(() => database.Get<TrashBin>().ThrowAwayAsync(owner, TrashKind.Step, id, Ct));
        await RecordAsync(owner, project, new StepText("disassembly", Then, Then.AddMinutes(10), Values: Values(("oxygen", "3 ppm"), ("water", "1 ppm")), CorrectsId: id));
        var ledgers = await Chronicle.LedgersAsync(owner, cell, Ct);
        Assert.Single(ledgers!.Steps);
        Assert.Equal(30, ledgers.Exposure[^1].OxygenPpmMin, 1e-9);
        Assert.NotNull((await Steps.FindAsync(owner, id, Ct))!.CorrectedBy);
    }

    [Fact]
    public async Task Two_people_editing_one_step_do_not_overwrite_each_other()
    {
        var (owner, project, cell) = await CellAsync();
        var id = await RecordAsync(owner, project, new StepText("wash", Then, Subjects: [cell]));
        var version = (await Steps.FindAsync(owner, id, Ct))!.Version;
        Assert.Equal(Change.Done, await Steps.EditAsync(owner, id, new StepText("wash", Then, Person: "Ada"), version, Ct));
        Assert.Equal(Change.Conflict, await Steps.EditAsync(owner, id, new StepText("wash", Then, Person: "Bob"), version, Ct));
        Assert.Equal("Ada", (await Steps.FindAsync(owner, id, Ct))!.Person);
    }

    [Fact]
    public async Task A_step_that_made_something_stays_while_that_is_there()
    {
        var (owner, project, cell) = await CellAsync();
        var id = await RecordAsync(owner, project, new StepText("cutting", Then, Subjects: [cell], NewProducts: [new(SampleKind.Specimen, "S-1")]));
        var kept = await Assert.ThrowsAsync<ProblemException>(() => database.Get<TrashBin>().ThrowAwayAsync(owner, TrashKind.Step, id, Ct));
        Assert.Contains("made S-1", kept.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_changed_what_is_in_the_history_of_the_step()
    {
        var (owner, project, cell) = await CellAsync();
        var id = await RecordAsync(owner, project, new StepText("wash", Then, Person: "Ada", Subjects: [cell]));
        await Steps.EditAsync(owner, id, new StepText("wash", Then, Person: "Bob"), (await Steps.FindAsync(owner, id, Ct))!.Version, Ct);
        var newest = (await database.Get<AuditTrail>().OfAsync(owner, AuditKind.Step, id, new PageRequest(0, 10), Ct))!.Items[0];
        Assert.Equal(("Ada", "Bob"), (newest.Before.GetProperty("person").GetString(), newest.After.GetProperty("person").GetString()));
    }

    private static Dictionary<string, string> Values(params (string Key, string Typed)[] values) => values.ToDictionary(value => value.Key, value => value.Typed);

    private async Task<Guid> RecordAsync(Guid owner, Guid project, StepText text) => (await Steps.RecordAsync(owner, project, text, Ct))!.Value;

    private async Task RefusedAsync(Guid owner, Guid project, StepText text, string reason)
    {
        var refused = await Assert.ThrowsAsync<ProblemException>(() => Steps.RecordAsync(owner, project, text, Ct));
        Assert.Equal(ProblemKind.Invalid, refused.Kind);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    private async Task<(Guid Owner, Guid Project, Guid Cell)> CellAsync()
    {
        var owner = await database.Scene.PersonAsync("owner");
        var project = await database.Scene.ProjectAsync(await database.Scene.LabAsync((owner, LabRole.Owner)));
        return (owner, project, await database.Scene.SampleAsync(project, "Cell A"));
    }
}
