using CryoHub.Imaging;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Ledgers;
using CryoHub.Platform.Limits;
using CryoHub.Platform.Steps;
using CryoHub.TestKit;

namespace CryoHub.Platform.Tests.Limits;

public sealed class LabLimitTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Then = new(2026, 3, 5, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private LabLimits Limits => database.Get<LabLimits>();

    private SampleChronicle Chronicle => database.Get<SampleChronicle>();

    [Fact]
    public async Task A_limit_of_the_labs_own_stands_in_place_of_the_built_in_one()
    {
        var (owner, lab, _, _) = await LabAsync();
        Assert.Equal(750, (await Limits.HoldingAsync(owner, lab, Ct))!.Fluences.Single(limit => limit.Phase == "Li2CO3").PerA2);
        await Limits.AddAsync(owner, lab, LimitKind.Fluence, new LimitText("li2co3", "9e4 e/nm²", 300, "loss of the lattice, 100 K", "own series", true), Ct);
        var held = (await Limits.HoldingAsync(owner, lab, Ct))!;
        Assert.Equal((900, 300), Assert.Single(held.Fluences, limit => string.Equals(limit.Phase, "Li2CO3", StringComparison.OrdinalIgnoreCase)) is var own ? (Math.Round(own.PerA2, 9), own.BeamKeV) : default);
        Assert.Contains(held.Fluences, limit => limit.Phase == "LiOH");   // the others stay
    }

    [Fact]
    public async Task The_limits_of_a_lab_decide_what_is_flagged_on_its_samples()
    {
        var (owner, lab, project, cell) = await LabAsync("Zn");
        await RecordAsync(owner, project, new StepText("disassembly", Then, Then.AddMinutes(20), Values: Values(("oxygen", "5 ppm"), ("water", "1 ppm")), Subjects: [cell]));
        await RecordAsync(owner, project, new StepText("vitrification", Then.AddHours(1), Values: Values(("frozen-medium", "electrolyte")), Subjects: [cell]));
        await RecordAsync(owner, project, new StepText("transfer", Then.AddHours(2), Then.AddHours(3), Values: Values(("temperature-max", "160 K")), Subjects: [cell]));
        Assert.Empty((await Chronicle.LedgersAsync(owner, cell, Ct))!.Gassed);

        await Limits.AddAsync(owner, lab, LimitKind.Oxygen, new LimitText("Zn", "99", Source: "own series"), Ct);
        await Limits.AddAsync(owner, lab, LimitKind.Oxygen, new LimitText("Li", "1", Source: "own series"), Ct);
        await Limits.AddAsync(owner, lab, LimitKind.Water, new LimitText("Zn", "21", Source: "own series"), Ct);
        await Limits.AddAsync(owner, lab, LimitKind.Warmth, new LimitText("electrolyte", "-120 °C", Source: "own series"), Ct);
        var ledgers = (await Chronicle.LedgersAsync(owner, cell, Ct))!;
        Assert.Equal((LimitKind.Oxygen, "Zn", 99), Assert.Single(ledgers.Gassed) is var gas ? (gas.Kind, gas.Metal, gas.PpmMin) : default);   // 5 ppm × 20 min = 100 > 99; 1 × 20 < 21
        Assert.True(Assert.Single(ledgers.Temperature, entry => entry.Step.Kind == "transfer").IsTooWarm);   // 160 K > 153.15 K
    }

    [Fact]
    public async Task Everybody_of_the_lab_reads_limits_and_only_managers_set_them()
    {
        var (owner, lab, _, _) = await LabAsync();
        var (member, stranger) = (await database.Scene.PersonAsync("member"), await database.Scene.PersonAsync("stranger"));
        await database.Scene.MemberAsync(lab, member, LabRole.Member);
        var id = (await Limits.AddAsync(owner, lab, LimitKind.Fluence, new LimitText("LiF", "200", Source: "own series"), Ct))!.Value;
        Assert.Equal("200 e/Å²", Assert.Single((await Limits.ListAsync(member, lab, new PageRequest(0, 10), Ct))!.Items).Typed);
        Assert.Equal(ProblemKind.Forbidden, (await Assert.ThrowsAsync<ProblemException>(() => Limits.AddAsync(member, lab, LimitKind.Fluence, new LimitText("NaF", "1", Source: "own"), Ct))).Kind);
        var version = (await Limits.FindAsync(owner, id, Ct))!.Version;
        Assert.Equal(Change.Forbidden, await Limits.ChangeAsync(member, id, new LimitText("LiF", "1", Source: "own"), version, Ct));
        Assert.Equal(Change.Forbidden, await Limits.RemoveAsync(member, id, version, Ct));
        Assert.Null(await Limits.ListAsync(stranger, lab, new PageRequest(0, 10), Ct));
        Assert.Equal(Change.Absent, await Limits.RemoveAsync(stranger, id, version, Ct));
        Assert.Equal(Change.Done, await Limits.ChangeAsync(owner, id, new LimitText("LiF", "300", Source: "own"), version, Ct));
        Assert.Equal(Change.Conflict, await Limits.ChangeAsync(owner, id, new LimitText("LiF", "400", Source: "own"), version, Ct));
        Assert.Equal("300 e/Å²", (await Limits.FindAsync(member, id, Ct))!.Typed);
    }

    [Theory]
    [InlineData(LimitKind.Fluence, "LiF", "10 K", "own", "is a temperature; expected a fluence")]
    [InlineData(LimitKind.Fluence, "LiF", "0", "own", "leaves nothing")]
    [InlineData(LimitKind.Fluence, "LiF", "-5", "own", "negative")]
    [InlineData(LimitKind.Warmth, "water", "-300 °C", "own", "below absolute zero")]
    [InlineData(LimitKind.Oxygen, "Li", "much", "own", "no number of ppm")]
    [InlineData(LimitKind.Fluence, "LiF", "10", " ", "needs its source")]
    [InlineData(LimitKind.Fluence, " ", "10", "own", "A name is needed")]
    public async Task What_is_no_limit_is_refused_in_words(LimitKind kind, string subject, string value, string source, string reason)
    {
        var (owner, lab, _, _) = await LabAsync();
        var refused = await Assert.ThrowsAsync<ProblemException>(() => Limits.AddAsync(owner, lab, kind, new LimitText(subject, value, Source: source), Ct));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_limit_for_the_same_phase_and_beam_is_refused()
    {
        var (owner, lab, _, _) = await LabAsync();
        await Limits.AddAsync(owner, lab, LimitKind.Fluence, new LimitText("LiF", "200", Source: "own"), Ct);
        var refused = await Assert.ThrowsAsync<ProblemException>(() => Limits.AddAsync(owner, lab, LimitKind.Fluence, new LimitText("LiF", "300", Source: "own"), Ct));
        Assert.Equal(ProblemKind.Conflict, refused.Kind);
        Assert.NotNull(await Limits.AddAsync(owner, lab, LimitKind.Fluence, new LimitText("LiF", "300", 300, Source: "own"), Ct));
    }

    private static Dictionary<string, string> Values(params (string Key, string Typed)[] values) => values.ToDictionary(value => value.Key, value => value.Typed);

    private Task<Guid?> RecordAsync(Guid owner, Guid project, StepText text) => database.Get<StepLog>().RecordAsync(owner, project, text, Ct);

    private async Task<(Guid Owner, Guid Lab, Guid Project, Guid Cell)> LabAsync(string metal = "Li")
    {
        var owner = await database.Scene.PersonAsync("owner");
        var lab = await database.Scene.LabAsync((owner, LabRole.Owner));
        var project = await database.Scene.ProjectAsync(lab);
        return (owner, lab, project, await database.Scene.SampleAsync(project, "Cell", metal: metal));
    }
}
