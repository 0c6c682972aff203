using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Ledgers;
using CryoHub.Platform.Pairs;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Steps;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Pairs;

public sealed class PairBookTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Then = new(2026, 3, 5, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PairBook Book => database.Get<PairBook>();

    [Fact]
    public async Task Two_pieces_of_one_electrode_are_a_pair_on_both_pages_and_method_cards_also_of_what_is_made_later()
    {
        var s = await CutAsync();
        await WashAsync(s, s.Washed, "20 s");
        await Book.LinkAsync(s.Owner, s.Washed, new LinkPair(s.Dry, OtherIsControl: true, PairFactor.Wash, "not washed"), Ct);

        var ofWashed = Assert.Single((await Book.OfSampleAsync(s.Owner, s.Washed, Ct))!);
        var ofDry = Assert.Single((await Book.OfSampleAsync(s.Owner, s.Dry, Ct))!);
        Assert.Equal((ofWashed.Id, s.Dry, s.Washed, true), (ofDry.Id, ofDry.Control.Id, ofDry.Treated.Id, ofDry.IsRecorded));
        Assert.Equal(new PairDifference("wash", "Wash", "", "none", "once"), Assert.Single(ofDry.Recorded));   // the cut they share tells nothing apart

        var lamella = await database.Scene.SampleAsync(s.Project, "L-1", s.Washed);
        Assert.Equal(["S-1 has the control S-2 (wash: not washed)."], (await ControlsAsync(s.Owner, lamella)));
        Assert.Equal(["S-2 is the control of S-1 (wash: not washed)."], (await ControlsAsync(s.Owner, s.Dry)));
    }

    [Fact]
    public async Task A_pair_whose_records_do_not_differ_says_so()
    {
        var s = await CutAsync();
        await WashAsync(s, s.Washed, "60 s");
        await WashAsync(s, s.Dry, "1 min");   // the same time in other words
        await Book.LinkAsync(s.Owner, s.Dry, new LinkPair(s.Washed, OtherIsControl: false, PairFactor.Wash), Ct);
        var pair = Assert.Single((await Book.OfSampleAsync(s.Owner, s.Dry, Ct))!);
        Assert.False(pair.IsRecorded);
        Assert.Empty(pair.Recorded);
        Assert.Equal(s.Dry, pair.Control.Id);
    }

    [Fact]
    public async Task Other_differences_than_the_wanted_one_are_told()
    {
        var s = await CutAsync();
        await WashAsync(s, s.Washed, "20 s");
        await WashAsync(s, s.Dry, "20 s");
        foreach (var (sample, delay) in new[] { (s.Washed, "5 s"), (s.Dry, "60 s") })
        {
            await RecordAsync(s, StepKinds.Vitrification, sample, ("cryogen", "ethane"), ("delay", delay));
        }

        await Book.LinkAsync(s.Owner, s.Washed, new LinkPair(s.Dry, true, PairFactor.Wash), Ct);
        var pair = Assert.Single((await Book.OfSampleAsync(s.Owner, s.Washed, Ct))!);
        Assert.Equal([new PairDifference("vitrification", "Freezing", "Delay before freezing", "60 s", "5 s")], pair.Recorded);
        Assert.False(pair.IsRecorded);   // the wash is the same
    }

    [Fact]
    public async Task Parent_and_child_strangers_and_second_links_are_refused()
    {
        var s = await CutAsync();
        var lamella = await database.Scene.SampleAsync(s.Project, "L-1", s.Washed);
        var elsewhere = await database.Scene.SampleAsync(await database.Scene.ProjectAsync(await database.Scene.LabAsync((s.Owner, LabRole.Owner))), "far");
        Task<Guid?> LinkAsync(Guid one, Guid other, PairFactor factor = PairFactor.Wash) => Book.LinkAsync(s.Owner, one, new LinkPair(other, true, factor), Ct);
        Assert.Contains("made from the other", (await Assert.ThrowsAsync<ProblemException>(() => LinkAsync(lamella, s.Washed))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ProblemException>(() => LinkAsync(s.Washed, s.Washed));
        await Assert.ThrowsAsync<ProblemException>(() => LinkAsync(s.Washed, elsewhere));
        await Assert.ThrowsAsync<ProblemException>(() => LinkAsync(s.Washed, s.Dry, PairFactor.Other));   // without words
        Assert.Null(await Book.LinkAsync(await database.Scene.PersonAsync("stranger"), s.Washed, new LinkPair(s.Dry, true, PairFactor.Wash), Ct));

        var pair = await LinkAsync(s.Washed, s.Dry);
        var again = await Assert.ThrowsAsync<ProblemException>(() => LinkAsync(s.Dry, s.Washed));   // the other way round
        Assert.Equal((ProblemKind.Conflict, "S-2 and S-1 are a pair already."), (again.Kind, again.Message));
        Assert.Equal(Change.Done, await Book.UnlinkAsync(s.Owner, pair!.Value, Ct));
        Assert.Equal(Change.Absent, await Book.UnlinkAsync(s.Owner, pair.Value, Ct));
        Assert.NotNull(await LinkAsync(s.Dry, s.Washed));
    }

    [Fact]
    public async Task History_keeps_links_that_were_taken_back()
    {
        var s = await CutAsync();
        var pair = (await Book.LinkAsync(s.Owner, s.Washed, new LinkPair(s.Dry, true, PairFactor.Wash), Ct))!.Value;
        await Book.UnlinkAsync(s.Owner, pair, Ct);
        var history = (await database.Get<AuditTrail>().OfAsync(s.Owner, AuditKind.Sample, s.Dry, PageRequest.First, Ct))!.Items;
        Assert.Equal(["update", "insert"], history.Where(row => row.Table == "sample_pairs").Select(row => row.Action));   // newest first
    }

    private async Task<IReadOnlyList<string>> ControlsAsync(Guid person, Guid sample) => (await database.Get<SampleChronicle>().LedgersAsync(person, sample, Ct))!.Method.Controls;

    private Task WashAsync(Cut s, Guid sample, string time) => RecordAsync(s, "wash", sample, ("interphase", "dry, washed"), ("solvent", "DMC"), ("wash-time", time));

    private Task RecordAsync(Cut s, string kind, Guid sample, params (string Key, string Typed)[] values) => database.Get<StepLog>().RecordAsync(
        s.Owner, s.Project, new StepText(kind, Then.AddHours(1), Values: values.ToDictionary(v => v.Key, v => v.Typed), Subjects: [sample]), Ct);

    private async Task<Cut> CutAsync()
    {
        var owner = await database.Scene.PersonAsync("ada");
        var project = await database.Scene.ProjectAsync(await database.Scene.LabAsync((owner, LabRole.Owner)));
        var electrode = await database.Scene.SampleAsync(project, "E-1");
        await database.Get<StepLog>().RecordAsync(owner, project, new StepText("cutting", Then, Subjects: [electrode], NewProducts: [new(SampleKind.Specimen, "S-1"), new(SampleKind.Specimen, "S-2")]), Ct);
        var pieces = await database.Scene.ReadAsync(db => db.Samples.Where(x => x.ProjectId == project && x.Name != "E-1").ToDictionaryAsync(x => x.Name, x => x.Id, Ct));
        return new(owner, project, pieces["S-1"], pieces["S-2"]);
    }

    private sealed record Cut(Guid Owner, Guid Project, Guid Washed, Guid Dry);
}
