using CryoHub.Imaging;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Steps;
using CryoHub.Platform.Workflows;
using CryoHub.TestKit;

namespace CryoHub.Platform.Tests.Workflows;

public sealed class WorkflowTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Then = new(2026, 3, 5, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TemplateLibrary Library => database.Get<TemplateLibrary>();

    private RunLog Runs => database.Get<RunLog>();

    [Fact]
    public void Every_built_in_template_asks_for_fields_that_exist_in_ranges_that_make_sense()
    {
        Assert.All(BuiltInTemplates.All, template => template.Checked());
        Assert.Equal(11, BuiltInTemplates.All.Count);
        Assert.Distinct(BuiltInTemplates.All.Select(template => template.Key));
    }

    [Theory]
    [InlineData("oxygen", "3 ppm", "Oxygen: 3 ppm lies outside the template's at most 1 ppm.")]
    [InlineData("glovebox", "", "Glovebox is required by the template.")]
    public async Task What_the_template_does_not_allow_needs_a_reason(string field, string typed, string reason)
    {
        var (owner, run) = await OpenedAsync();
        var values = new Dictionary<string, string> { ["glovebox"] = "2", ["gas"] = "argon", ["oxygen"] = "0.3 ppm", ["water"] = "0.5 ppm", [field] = typed };
        var refused = await Assert.ThrowsAsync<ProblemException>(() => Runs.RecordAsync(owner, run, 3, new StepText("", Then, Values: values), Ct));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.NotNull(await Runs.RecordAsync(owner, run, 3, new StepText("", Then, Values: values, Deviation: "The box was being regenerated."), Ct));
    }

    [Fact]
    public async Task The_run_goes_on_with_what_a_step_made_and_keeps_its_version()
    {
        var (owner, run) = await OpenedAsync();
        await Runs.RecordAsync(owner, run, 3, Opening() with { NewProducts = [new(SampleKind.Electrode, "E-7")] }, Ct);
        var details = await Runs.FindAsync(owner, run, Ct);
        Assert.Equal("E-7", details!.Current.Name);
        Assert.Equal(1, details.Next);
        Assert.Equal([3], details.Done.Select(done => done.Number));
    }

    [Fact]
    public async Task Two_people_on_the_same_step_do_not_record_it_twice()
    {
        var (owner, run) = await OpenedAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Record.ExceptionAsync(() => Runs.RecordAsync(owner, run, 3, Opening() with { Person = $"P{i}" }, Ct)).AsTask()));
        Assert.Equal(3, answers.OfType<ProblemException>().Count(problem => problem.Kind == ProblemKind.Conflict));
        Assert.Single((await Runs.FindAsync(owner, run, Ct))!.Done);
    }

    [Fact]
    public async Task An_entry_sent_again_after_a_lost_connection_is_recorded_once()
    {
        var (owner, run) = await OpenedAsync();
        var entry = Opening() with { Id = Guid.CreateVersion7() };
        Assert.Equal(await Runs.RecordAsync(owner, run, 3, entry, Ct), await Runs.RecordAsync(owner, run, 3, entry, Ct));
        Assert.Single((await Runs.FindAsync(owner, run, Ct))!.Done);
    }

    [Fact]
    public async Task A_template_changed_while_a_run_is_open_leaves_the_run_its_version()
    {
        var (owner, lab, sample) = await LabAsync();
        var first = BuiltInTemplates.All[0] with { Key = "ours", Version = 1, Title = "Ours" };
        Assert.Equal(1, await Library.SaveAsync(owner, lab, first, Ct));
        var run = await Runs.StartAsync(owner, sample, "ours", lab, Ct);
        Assert.Equal(2, await Library.SaveAsync(owner, lab, first with { Version = 2, Title = "Ours, shorter", Steps = [first.Steps[0]] }, Ct));
        Assert.Equal(("Ours", 9), ((await Runs.FindAsync(owner, run!.Value, Ct))!.Template.Title, (await Runs.FindAsync(owner, run.Value, Ct))!.Template.Steps.Count));
        Assert.Equal("Ours, shorter", (await Library.ListAsync(owner, Ct)).Single(row => row.LabId == lab).Template.Title);
    }

    [Fact]
    public async Task Two_people_changing_a_template_do_not_overwrite_each_other()
    {
        var (owner, lab, _) = await LabAsync();
        var first = BuiltInTemplates.All[0] with { Key = "ours", Version = 1 };
        await Library.SaveAsync(owner, lab, first, Ct);
        await Library.SaveAsync(owner, lab, first with { Version = 2, Title = "Ada's" }, Ct);
        var refused = await Assert.ThrowsAsync<ProblemException>(() => Library.SaveAsync(owner, lab, first with { Version = 2, Title = "Bob's" }, Ct));
        Assert.Equal(ProblemKind.Conflict, refused.Kind);
    }

    [Fact]
    public async Task Another_labs_template_is_neither_listed_nor_followed_nor_changed()
    {
        var (owner, lab, _) = await LabAsync();
        await Library.SaveAsync(owner, lab, BuiltInTemplates.All[0] with { Key = "ours", Version = 1 }, Ct);
        var (stranger, _, theirSample) = await LabAsync();
        Assert.DoesNotContain(await Library.ListAsync(stranger, Ct), row => row.LabId == lab);
        await Assert.ThrowsAsync<ProblemException>(() => Runs.StartAsync(stranger, theirSample, "ours", lab, Ct));
        Assert.Null(await Library.SaveAsync(stranger, lab, BuiltInTemplates.All[0] with { Key = "ours", Version = 2 }, Ct));
    }

    [Fact]
    public async Task A_step_cannot_be_slipped_into_a_run_of_another_project()
    {
        var (_, run) = await OpenedAsync();
        var (stranger, _, sample) = await LabAsync();
        var project = await database.Scene.ReadAsync(db => Task.FromResult(db.Samples.Where(s => s.Id == sample).Select(s => s.ProjectId).Single()));
        await Assert.ThrowsAsync<ProblemException>(() => database.Get<StepLog>().RecordAsync(stranger, project, new StepText("wash", Then, Subjects: [sample], RunId: run, RunStep: 3), Ct));
    }

    private static StepText Opening() =>
        new("", Then, Then.AddMinutes(5), Values: new Dictionary<string, string> { ["glovebox"] = "2", ["gas"] = "argon", ["oxygen"] = "0.3 ppm", ["water"] = "0.5 ppm" });

    private async Task<(Guid Owner, Guid Run)> OpenedAsync()
    {
        var (owner, _, sample) = await LabAsync();
        return (owner, (await Runs.StartAsync(owner, sample, "li-coin-wash-plunge", null, Ct))!.Value);
    }

    private async Task<(Guid Owner, Guid Lab, Guid Sample)> LabAsync()
    {
        var owner = await database.Scene.PersonAsync("owner");
        var lab = await database.Scene.LabAsync((owner, LabRole.Owner));
        return (owner, lab, await database.Scene.SampleAsync(await database.Scene.ProjectAsync(lab), "C-1"));
    }
}
