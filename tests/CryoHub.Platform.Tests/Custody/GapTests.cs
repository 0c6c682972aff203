using CryoHub.Imaging;
using CryoHub.Platform.Custody;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Steps;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Custody;

/// <summary>O05: what happened to an item without a record is seen on it and on everything that was made of it later.</summary>
public sealed class GapTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Then = new(2026, 3, 5, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private CustodyLog Log => database.Get<CustodyLog>();

    [Fact]
    public async Task What_is_in_other_hands_is_handed_over_or_found_and_finding_is_a_gap()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var item = await s.ItemAsync();
        await Log.TakeOutAsync(s.Mia, item, new TakeOut(At: Then), Ct);
        var refused = await Assert.ThrowsAsync<ProblemException>(() => Log.PutAwayAsync(s.Ada, item, new PutAway(s.Box, At: Then.AddMinutes(42)), Ct));
        Assert.Contains("in the hands of Mia since 5 Mar 2026 08:00 UTC", refused.Message, StringComparison.Ordinal);
        await Log.PutAwayAsync(s.Ada, item, new PutAway(s.Box, At: Then.AddMinutes(42), WasFound: true), Ct);
        var gap = Assert.Single((await s.CardAsync(item, Ct)).Gaps);
        Assert.Equal(42, gap.Length.TotalMinutes);
        Assert.Equal("Nobody recorded how G-1 came from the hands it was in into storage.", gap.Words);
    }

    [Fact]
    public async Task A_gap_is_on_what_was_made_afterwards_and_not_on_what_was_made_before()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var item = await s.ItemAsync();
        await Log.PutAwayAsync(s.Ada, item, new PutAway(s.Box, 1, At: Then), Ct);
        await CutAsync(s, item, Then.AddMinutes(-30), "before");
        await Log.PutAwayAsync(s.Ada, item, new PutAway(s.Other, 1, At: Then.AddHours(1), WasFound: true), Ct);
        await Log.TakeOutAsync(s.Ada, item, new TakeOut(At: Then.AddHours(2)), Ct);
        var child = await CutAsync(s, item, Then.AddHours(3), "after");
        var grandchild = await CutAsync(s, child, Then.AddHours(4), "later");
        Assert.Single((await s.CardAsync(child, Ct)).Gaps);
        Assert.Equal("G-1", Assert.Single((await s.CardAsync(grandchild, Ct)).Gaps).SampleName);
        Assert.Empty((await s.CardAsync(await NamedAsync(s, "before"), Ct)).Gaps);
        Assert.Empty(await database.Get<CustodyBook>().GapsAsync(s.Ada, item, Then.AddMinutes(-1), Ct));   // measured before
        Assert.Single(await database.Get<CustodyBook>().GapsAsync(s.Ada, item, Then.AddHours(3), Ct));
    }

    [Fact]
    public async Task A_step_done_while_the_item_lay_in_storage_by_the_record_is_a_gap_until_the_past_is_told()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var item = await s.ItemAsync();
        await Log.PutAwayAsync(s.Ada, item, new PutAway(s.Box, 1, At: Then), Ct);
        await database.Get<StepLog>().RecordAsync(s.Ada, s.Project, new StepText("session", Then.AddHours(2), Then.AddHours(3), Subjects: [item]), Ct);
        var gap = Assert.Single((await s.CardAsync(item, Ct)).Gaps);
        Assert.Equal((Then.AddHours(2), Then.AddHours(3)), (gap.From, gap.Until));
        Assert.Equal("The step “Session” was done to G-1 while it was in storage by the record.", gap.Words);
        Assert.Equal(Change.Done, await Log.RecordPastAsync(s.Ada, item, new RecordPast(s.Mia, Then.AddHours(1.5), Then.AddHours(3.5), "to TEM 2 and back"), Ct));
        var card = await s.CardAsync(item, Ct);
        Assert.Empty(card.Gaps);
        Assert.Equal(["D2, puck 1, box A, slot 1", "Mia", "D2, puck 1, box A, slot 1"], card.Way.Select(row => row.Where));
    }

    [Fact]
    public async Task A_gap_is_closed_by_telling_who_had_the_item()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var item = await s.ItemAsync();
        await Log.PutAwayAsync(s.Ada, item, new PutAway(s.Box, 1, At: Then), Ct);
        await Log.PutAwayAsync(s.Ada, item, new PutAway(s.Other, 1, At: Then.AddHours(5), WasFound: true), Ct);
        await Log.RecordPastAsync(s.Ada, item, new RecordPast(s.Mia, Then.AddHours(4), Then.AddHours(5)), Ct);
        var card = await s.CardAsync(item, Ct);
        Assert.Empty(card.Gaps);
        Assert.Equal(["D2, puck 1, box B, slot 1", "Mia", "D2, puck 1, box A, slot 1"], card.Way.Select(row => row.Where));
    }

    [Fact]
    public async Task An_accepted_gap_stays_visible_with_its_reason()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var item = await s.ItemAsync();
        await Log.PutAwayAsync(s.Ada, item, new PutAway(s.Box, 1, At: Then), Ct);
        await Log.TakeOutAsync(s.Mia, item, new TakeOut(At: Then.AddHours(1), WasFound: true), Ct);
        var gap = Assert.Single((await s.CardAsync(item, Ct)).Gaps);
        await Log.AcceptAsync(s.Ada, item, new AcceptGap(gap.KeepingId, null, "The dewar's lid log shows it."), Ct);
        gap = Assert.Single((await s.CardAsync(item, Ct)).Gaps);
        Assert.Equal(("The dewar's lid log shows it.", "Ada"), (gap.AcceptedReason, gap.AcceptedBy));
        await Assert.ThrowsAsync<ProblemException>(() => Log.AcceptAsync(s.Ada, item, new AcceptGap(gap.KeepingId, null, " "), Ct));
    }

    [Fact]
    public async Task Nothing_is_recorded_into_the_past_before_the_last_act_nor_into_the_future()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var item = await s.ItemAsync();
        await Log.PutAwayAsync(s.Ada, item, new PutAway(s.Box, 1, At: Then), Ct);
        await Assert.ThrowsAsync<ProblemException>(() => Log.TakeOutAsync(s.Ada, item, new TakeOut(At: Then.AddHours(-1)), Ct));
        await Assert.ThrowsAsync<ProblemException>(() => Log.TakeOutAsync(s.Ada, item, new TakeOut(At: TimeProvider.System.GetUtcNow().AddDays(1)), Ct));
        await Assert.ThrowsAsync<ProblemException>(() => Log.RecordPastAsync(s.Ada, item, new RecordPast(s.Mia, Then.AddHours(-2), Then.AddHours(-1)), Ct));
    }

    /// <summary>Random acts of two people over a random tree of items: the way of each item has no hole and no overlap, and the gaps that the database finds are those of a naive look at the acts.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Custody_is_continuous_or_flagged_whatever_people_do(int seed)
    {
        var random = new Random(seed);
        var s = await CustodyScene.MakeAsync(database, Ct);
        var (items, made, found) = (new List<Guid> { await s.ItemAsync() }, new Dictionary<Guid, (Guid Parent, DateTimeOffset At)>(), new List<(Guid Item, DateTimeOffset From)>());
        var now = Then;
        for (var act = 0; act < 40; act++)
        {
            now = now.AddMinutes(random.Next(1, 90));
            var item = items[random.Next(items.Count)];
            var who = random.Next(2) == 0 ? s.Ada : s.Mia;
            if (random.Next(6) == 0 && items.Count < 8)
            {
                var child = await CutAsync(s, item, now, $"P-{items.Count}");
                items.Add(child);
                made[child] = (item, now);
                continue;
            }

            var before = (await s.CardAsync(item, Ct)).Now;
            var isFound = random.Next(3) == 0;
            try
            {
                await (random.Next(2) == 0
                    ? Log.PutAwayAsync(who, item, new PutAway(random.Next(2) == 0 ? s.Box : s.Other, At: now, WasFound: isFound), Ct)
                    : Log.TakeOutAsync(who, item, new TakeOut(At: now, WasFound: isFound), Ct));
                if (isFound && before is not null)
                {
                    found.Add((item, before.Since));
                }
            }
            catch (ProblemException)
            {
                // Refused in words: nothing may have changed, which the checks below would see.
            }
        }

        var steps = await database.Scene.ReadAsync(db => db.StepSamples.Where(l => l.Role == StepRole.Subject && items.Contains(l.SampleId)).Select(l => new { l.SampleId, l.Step.StartedAt }).ToListAsync(Ct));
        foreach (var item in items)
        {
            var card = await s.CardAsync(item, Ct);
            Assert.All(card.Way.Zip(card.Way.Skip(1)), pair => Assert.Equal(pair.First.Since, pair.Second.Until));

            // Up the tree by hand: a gap counts that began before the branch was cut off.
            var expected = new List<DateTimeOffset>();
            var (at, until) = (item, DateTimeOffset.MaxValue);
            while (true)
            {
                expected.AddRange(found.Where(gap => gap.Item == at && gap.From < until).Select(gap => gap.From));
                var way = (await s.CardAsync(at, Ct)).Way;
                expected.AddRange(steps.Where(step => step.SampleId == at && step.StartedAt < until
                    && way.Any(row => row.Kind == KeepingKind.Storage && row.Since < step.StartedAt && step.StartedAt < (row.Until ?? DateTimeOffset.MaxValue))).Select(step => step.StartedAt));
                if (!made.TryGetValue(at, out var maker))
                {
                    break;
                }

                (at, until) = (maker.Parent, maker.At < until ? maker.At : until);
            }

            Assert.Equal(expected.Order(), card.Gaps.Select(gap => gap.From).Order());
        }
    }

    private async Task<Guid> CutAsync(CustodyScene s, Guid parent, DateTimeOffset at, string name)
    {
        await database.Get<StepLog>().RecordAsync(s.Ada, s.Project, new StepText("cutting", at, Subjects: [parent], NewProducts: [new(SampleKind.Specimen, name)]), Ct);
        return await NamedAsync(s, name);
    }

    private Task<Guid> NamedAsync(CustodyScene s, string name) => database.Scene.ReadAsync(db => db.Samples.Where(i => i.ProjectId == s.Project && i.Name == name).Select(i => i.Id).SingleAsync(Ct));
}
