using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Labels;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Steps;
using CryoHub.Platform.Workflows;
using CryoHub.TestKit;

namespace CryoHub.Platform.Tests.Labels;

public sealed class LabelTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private LabelDesk Desk => database.Get<LabelDesk>();

    private LabelScan Scan => database.Get<LabelScan>();

    [Theory]
    [InlineData("g-0409", "G0409")]
    [InlineData(" 7KQ2 M4XT 9A ", "7KQ2M4XT9A")]
    [InlineData("ABCDEFGHIJKLMNOP", "ABCDEFGHIJKLMNOP")]
    public void A_code_is_read_however_it_is_typed(string typed, string code) => Assert.Equal(code, LabelCode.Read(typed));

    [Theory]
    [InlineData("", "nothing was given")]
    [InlineData("ABCDEFGHIJKLMNOPQ", "this has 17 characters")]
    [InlineData("https://example.org/a", "this has 21 characters")]
    [InlineData("GÄ1", "is not a label of CryoHub")]
    public void What_is_no_label_is_refused_in_words(string typed, string reason) =>
        Assert.Contains(reason, Assert.Throws<ProblemException>(() => LabelCode.Read(typed)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_scanned_label_opens_the_item_with_the_next_step_of_its_run()
    {
        var (owner, lab, project) = await LabAsync();
        var cell = await database.Scene.SampleAsync(project, "C-1");
        var code = await CodeAsync(owner, cell);
        Assert.Null(Assert.Single(await Scan.ScanAsync(owner, code, Ct)).Next);
        var run = await database.Get<RunLog>().StartAsync(owner, cell, "li-coin-wash-plunge", null, Ct);
        var item = Assert.Single(await Scan.ScanAsync(owner, code.ToLowerInvariant(), Ct));
        Assert.Equal((lab, new SampleLink(cell, SampleKind.Cell, "C-1")), (item.LabId, item.Item));
        Assert.Equal((run!.Value, 1), (item.Next!.RunId, item.Next.Number));
    }

    [Fact]
    public async Task What_a_run_made_carries_the_run_on_and_what_it_was_made_from_does_not()
    {
        var (owner, _, project) = await LabAsync();
        var cell = await database.Scene.SampleAsync(project, "C-2");
        var run = await database.Get<RunLog>().StartAsync(owner, cell, "li-coin-wash-plunge", null, Ct);
        var opened = new StepText(
            "", new(2026, 3, 5, 8, 0, 0, TimeSpan.Zero), Values: new Dictionary<string, string> { ["glovebox"] = "2", ["gas"] = "argon", ["oxygen"] = "0.3 ppm", ["water"] = "0.5 ppm" },
            NewProducts: [new(SampleKind.Electrode, "E-2")]);
        await database.Get<RunLog>().RecordAsync(owner, run!.Value, 3, opened, Ct);
        var electrode = (await database.Get<RunLog>().FindAsync(owner, run.Value, Ct))!.Current.Id;
        Assert.NotNull(Assert.Single(await Scan.ScanAsync(owner, await CodeAsync(owner, electrode), Ct)).Next);
        Assert.Null(Assert.Single(await Scan.ScanAsync(owner, await CodeAsync(owner, cell), Ct)).Next);
    }

    [Fact]
    public async Task A_label_of_another_lab_tells_as_much_as_one_that_nobody_has()
    {
        var (owner, _, project) = await LabAsync();
        var code = await CodeAsync(owner, await database.Scene.SampleAsync(project, "secret"));
        var (other, _, _) = await LabAsync();
        Assert.Empty(await Scan.ScanAsync(other, code, Ct));
        Assert.Empty(await Scan.ScanAsync(other, "NOBODYHASTHIS", Ct));
    }

    [Fact]
    public async Task One_code_in_two_labs_shows_both_items_to_who_sees_both_and_one_to_others()
    {
        var (ada, _, ours) = await LabAsync();
        var (bob, _, theirs) = await LabAsync();
        await Desk.MakeAsync(ada, await database.Scene.SampleAsync(ours, "ours"), "TWICE1", Ct);
        await Desk.MakeAsync(bob, await database.Scene.SampleAsync(theirs, "theirs"), "TWICE1", Ct);
        Assert.Equal("ours", Assert.Single(await Scan.ScanAsync(ada, "TWICE1", Ct)).Item!.Name);
        await database.Scene.ShareAsync(theirs, ProjectRole.Viewer, ada);
        Assert.Equal(["ours", "theirs"], (await Scan.ScanAsync(ada, "TWICE1", Ct)).Select(item => item.Item!.Name).Order());
    }

    [Fact]
    public async Task A_code_is_given_once_in_a_lab()
    {
        var (owner, _, project) = await LabAsync();
        var (first, second) = (await database.Scene.SampleAsync(project, "1"), await database.Scene.SampleAsync(project, "2"));
        var label = await Desk.MakeAsync(owner, first, "G0409", Ct);
        var refused = await Assert.ThrowsAsync<ProblemException>(() => Desk.MakeAsync(owner, second, "g-0409", Ct));
        Assert.Contains("G0409 is in use in this lab", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Change.Done, await Desk.TearOffAsync(owner, label!.Value, Ct));
        await Assert.ThrowsAsync<ProblemException>(() => Desk.MakeAsync(owner, second, "G0409", Ct));   // the torn label still lies around
        Assert.True(Assert.Single(await Scan.ScanAsync(owner, "G0409", Ct)).IsVoid);
    }

    [Fact]
    public async Task Labels_printed_ahead_are_stuck_on_later_and_only_once()
    {
        var (owner, lab, project) = await LabAsync();
        var blanks = await Desk.MakeBlanksAsync(owner, lab, 3, Ct);
        Assert.Distinct(blanks!.Select(label => label.Code));
        Assert.Null(Assert.Single(await Scan.ScanAsync(owner, blanks![0].Code, Ct)).Item);
        var (first, second) = (await database.Scene.SampleAsync(project, "1"), await database.Scene.SampleAsync(project, "2"));
        Assert.Equal(Change.Done, await Desk.AttachAsync(owner, blanks[0].Id, first, Ct));
        await Assert.ThrowsAsync<ProblemException>(() => Desk.AttachAsync(owner, blanks[0].Id, second, Ct));
        Assert.Equal("1", Assert.Single(await Scan.ScanAsync(owner, blanks[0].Code, Ct)).Item!.Name);
        Assert.Equal(2, (await Desk.BlanksAsync(owner, lab, PageRequest.First, Ct))!.Total);
    }

    [Fact]
    public async Task A_viewer_reads_labels_and_makes_none()
    {
        var (_, lab, project) = await LabAsync();
        var viewer = await database.Scene.MemberAsync(lab, await database.Scene.PersonAsync("viewer"), LabRole.Viewer);
        var sample = await database.Scene.SampleAsync(project, "1");
        Assert.NotNull(await Desk.OfSampleAsync(viewer, sample, PageRequest.First, Ct));
        await Assert.ThrowsAsync<ProblemException>(() => Desk.MakeAsync(viewer, sample, null, Ct));
        await Assert.ThrowsAsync<ProblemException>(() => Desk.MakeBlanksAsync(viewer, lab, 1, Ct));
    }

    private async Task<(Guid Owner, Guid Lab, Guid Project)> LabAsync()
    {
        var owner = await database.Scene.PersonAsync("Ada");
        var lab = await database.Scene.LabAsync((owner, LabRole.Owner));
        return (owner, lab, await database.Scene.ProjectAsync(lab));
    }

    private async Task<string> CodeAsync(Guid owner, Guid sample)
    {
        await Desk.MakeAsync(owner, sample, null, Ct);
        return (await Desk.OfSampleAsync(owner, sample, PageRequest.First, Ct))!.Items[0].Code;
    }
}
