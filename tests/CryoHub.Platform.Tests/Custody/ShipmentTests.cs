using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Custody;
using CryoHub.Platform.Labels;
using CryoHub.Platform.Samples;
using CryoHub.TestKit;

namespace CryoHub.Platform.Tests.Custody;

public sealed class ShipmentTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ShipmentDesk Desk => database.Get<ShipmentDesk>();

    private CustodyLog Log => database.Get<CustodyLog>();

    [Fact]
    public async Task Items_go_from_lab_to_lab_and_what_did_not_arrive_well_is_in_the_register()
    {
        var (s, other) = await TwoLabsAsync();
        Guid[] items = [await s.ItemAsync("G-1"), await s.ItemAsync("G-2"), await s.ItemAsync("G-3")];
        await Log.PutAwayAsync(s.Ada, items[0], new PutAway(s.Box, 1), Ct);
        await Log.TakeOutAsync(s.Ada, items[1], new TakeOut(), Ct);
        await database.Get<LabelDesk>().MakeAsync(s.Ada, items[0], "G1", Ct);
        var id = await PackAsync(s, other, items, "7 d");
        Assert.Null(await Desk.FindAsync(other.Ada, id, Ct));   // not before it is sent
        Assert.Equal(Change.Done, await Desk.SendAsync(s.Ada, id, (await Desk.FindAsync(s.Ada, id, Ct))!.Version, Ct));

        var coming = (await Desk.FindAsync(other.Ada, id, Ct))!;
        Assert.Equal((ShipmentState.Sent, true, false, false), (coming.State, coming.MayCheckIn, coming.MayChange, coming.IsLate));
        Assert.Equal([("G-1", "G1"), ("G-2", ""), ("G-3", "")], coming.Items.Select(item => (item.Item.Name, item.Code)));
        Assert.True(Assert.Single((await Desk.ListAsync(other.Ada, other.Lab, PageRequest.First, Ct))!.Items).IsIncoming);
        Assert.Equal("on its way", (await s.CardAsync(items[0], Ct)).Now!.Where);
        Assert.Equal("G-1", Assert.Single(await database.Get<LabelScan>().ScanAsync(other.Mia, "G1", Ct)).Item!.Name);
        Assert.Null(await database.Get<SampleCatalog>().FindAsync(other.Ada, items[0], Ct));   // the item, not the sample's record

        await Assert.ThrowsAsync<ProblemException>(() => CheckInAsync(other, id, coming.Version, (items[0], Arrival.Well, "")));   // every item is looked at
        Assert.Equal(Change.Done, await CheckInAsync(other, id, coming.Version, (items[0], Arrival.Well, ""), (items[1], Arrival.Frosted, "lid was open"), (items[2], Arrival.Lost, "")));
        var arrived = (await Desk.FindAsync(s.Ada, id, Ct))!;
        Assert.Equal((ShipmentState.Arrived, "-182 degC", "Mia"), (arrived.State, arrived.Warmest, arrived.ArrivedBy));
        Assert.Equal("Mia", (await s.CardAsync(items[0], Ct)).Now!.Where);
        Assert.Null((await s.CardAsync(items[2], Ct)).Now);
        var failures = (await database.Get<FailureRegister>().ListAsync(s.Ada, s.Lab, PageRequest.First, Ct))!.Items;
        Assert.Equal([("G-2", FailureKind.Frosted, "lid was open", true), ("G-3", FailureKind.Lost, "On the way; the cause is not known.", true)],
            failures.OrderBy(f => f.Item.Name).Select(f => (f.Item.Name, f.Kind, f.Cause, f.InShipment)));
        Assert.Equal("G-2", Assert.Single((await database.Get<FailureRegister>().ListAsync(other.Ada, other.Lab, PageRequest.First, Ct))!.Items).Item.Name);
        foreach (var item in items)
        {
            Assert.Empty((await s.CardAsync(item, Ct)).Gaps);
        }
    }

    [Fact]
    public async Task Nothing_leaves_in_a_shipper_that_is_warm_already_nor_from_other_hands()
    {
        var (s, other) = await TwoLabsAsync();
        var item = await s.ItemAsync("G-1");
        await Log.TakeOutAsync(s.Mia, item, new TakeOut(), Ct);
        var cold = await PackAsync(s, other, [item], "7 d");
        await RefusedAsync(s, cold, "G-1 is in the hands of Mia");
        var warm = await PackAsync(s, other, [item], "1 min");
        await RefusedAsync(s, warm, "holds 1 min: it has been warm since");
        var empty = await PackAsync(s, other, [], "7 d");
        await RefusedAsync(s, empty, "Nothing is packed");
    }

    [Fact]
    public async Task An_item_is_on_one_way_at_a_time()
    {
        var (s, other) = await TwoLabsAsync();
        var item = await s.ItemAsync("G-1");
        var (first, second) = (await PackAsync(s, other, [item], "7 d"), await PackAsync(s, other, [item], "7 d"));
        Assert.Equal(Change.Done, await Desk.SendAsync(s.Ada, first, (await Desk.FindAsync(s.Ada, first, Ct))!.Version, Ct));
        await RefusedAsync(s, second, "G-1 is on its way already");
        Assert.Contains("Check the shipment in", (await Assert.ThrowsAsync<ProblemException>(() => Log.PutAwayAsync(s.Ada, item, new PutAway(s.Box), Ct))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "7 d", "Name the hazard classes")]
    [InlineData("plutonium", "7 d", "Name the hazard classes")]
    [InlineData("dry-shipper", "cold", "")]
    [InlineData("dry-shipper", "", "Say both when the container was filled")]
    public async Task What_a_carrier_needs_to_know_is_asked_for(string hazard, string hold, string reason)
    {
        var (s, other) = await TwoLabsAsync();
        var text = new ShipmentText(other.Lab, "Box", hazard.Length > 0 ? [hazard] : [], [], "CX100", FilledAt: TimeProvider.System.GetUtcNow(), Hold: hold);
        Assert.Contains(reason, (await Assert.ThrowsAsync<ProblemException>(() => Desk.CreateAsync(s.Ada, s.Lab, text, Ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_third_lab_sees_nothing_and_a_lab_that_one_does_not_know_cannot_be_named()
    {
        var (s, other) = await TwoLabsAsync();
        var third = await CustodyScene.MakeAsync(database, Ct);
        var id = await PackAsync(s, other, [await s.ItemAsync()], "7 d");
        await Desk.SendAsync(s.Ada, id, (await Desk.FindAsync(s.Ada, id, Ct))!.Version, Ct);
        Assert.Null(await Desk.FindAsync(third.Ada, id, Ct));
        Assert.Equal(Change.Absent, await CheckInAsync(third, id, 1));
        Assert.Empty((await Desk.ListAsync(third.Ada, third.Lab, PageRequest.First, Ct))!.Items);
        await Assert.ThrowsAsync<ProblemException>(() => PackAsync(third, s, [], "7 d"));
        Assert.DoesNotContain(await database.Get<KnownLabs>().ListAsync(third.Ada, Ct), lab => lab.Id == s.Lab);
    }

    [Fact]
    public async Task What_goes_to_a_place_without_a_lab_here_is_closed_with_its_receiver_and_is_outside_until_it_is_taken_back()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var item = await s.ItemAsync("G-1");
        var id = await OutsideAsync(s, item);
        var sent = (await Desk.FindAsync(s.Ada, id, Ct))!;
        Assert.Equal((null, "Institute of Physics, Linz", true), (sent.ToLabId, sent.ToLab, sent.MayCheckIn));
        var looked = new ArrivalCheck([new ItemArrival(item, Arrival.Well)], "-190 degC", ReceivedBy: "Dr. R. Maier", At: sent.SentAt!.Value.AddDays(-1));
        Assert.Contains("cannot have come", (await Assert.ThrowsAsync<ProblemException>(() => ArriveAsync(s, id, looked))).Message, StringComparison.Ordinal);
        Assert.Equal(Change.Done, await ArriveAsync(s, id, looked with { At = null }));

        var arrived = (await Desk.FindAsync(s.Ada, id, Ct))!;
        Assert.Equal((ShipmentState.Arrived, "Dr. R. Maier", "Ada"), (arrived.State, arrived.ReceivedBy, arrived.ArrivedBy));
        var card = await s.CardAsync(item, Ct);
        Assert.Equal((KeepingKind.Outside, "outside, with Dr. R. Maier, Institute of Physics, Linz", "Lab"), (card.Now!.Kind, card.Now.Where, card.Now.LabName));
        Assert.Empty(card.Gaps);
        await Assert.ThrowsAsync<ProblemException>(() => OutsideAsync(s, item));   // it cannot leave twice
        Assert.Equal(Change.Done, await Log.TakeOutAsync(s.Ada, item, new TakeOut(), Ct));
        Assert.Equal((KeepingKind.Person, 0), ((await s.CardAsync(item, Ct)).Now!.Kind, (await s.CardAsync(item, Ct)).Gaps.Count));
    }

    [Fact]
    public async Task What_came_back_from_outside_is_in_the_hands_of_who_checks_it_in_and_a_receiver_is_for_outside_only()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var item = await s.ItemAsync();
        Assert.Equal(Change.Done, await ArriveAsync(s, await OutsideAsync(s, item), new ArrivalCheck([new ItemArrival(item, Arrival.Well)])));
        Assert.Equal("Ada", (await s.CardAsync(item, Ct)).Now!.Where);

        var (here, there) = await TwoLabsAsync();
        var other = await here.ItemAsync();
        var id = await PackAsync(here, there, [other], "7 d");
        await Desk.SendAsync(here.Ada, id, (await Desk.FindAsync(here.Ada, id, Ct))!.Version, Ct);
        await Assert.ThrowsAsync<ProblemException>(() => ArriveAsync(here, id, new ArrivalCheck([new ItemArrival(other, Arrival.Well)], ReceivedBy: "somebody")));
        await Assert.ThrowsAsync<ProblemException>(() => Desk.CreateAsync(here.Ada, here.Lab, new ShipmentText(null, "Box", ["dry-shipper"], [], ToOutside: " "), Ct));
    }

    [Fact]
    public async Task What_is_lost_is_in_nobodys_keeping_and_comes_back_only_as_a_find()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var item = await s.ItemAsync();
        var then = new DateTimeOffset(2026, 3, 5, 8, 0, 0, TimeSpan.Zero);
        await Log.PutAwayAsync(s.Ada, item, new PutAway(s.Box, At: then), Ct);
        Assert.NotNull(await database.Get<FailureRegister>().RecordAsync(s.Mia, item, new FailureText(FailureKind.Lost, "dropped into the dewar", then.AddHours(1)), Ct));
        Assert.Null((await s.CardAsync(item, Ct)).Now);
        Assert.Contains("is lost", (await Assert.ThrowsAsync<ProblemException>(() => Log.TakeOutAsync(s.Ada, item, new TakeOut(), Ct))).Message, StringComparison.Ordinal);
        await Log.TakeOutAsync(s.Ada, item, new TakeOut(At: then.AddHours(3), WasFound: true), Ct);
        Assert.Equal((then, then.AddHours(3)), Assert.Single((await s.CardAsync(item, Ct)).Gaps.Select(gap => (gap.From, gap.Until))));
        await Assert.ThrowsAsync<ProblemException>(() => database.Get<FailureRegister>().RecordAsync(s.Ada, item, new FailureText(FailureKind.Cracked, " "), Ct));
    }

    /// <summary>Packed and sent.</summary>
    private async Task<Guid> OutsideAsync(CustodyScene s, Guid item)
    {
        var id = (await Desk.CreateAsync(s.Ada, s.Lab, new ShipmentText(null, "To Linz", ["dry-shipper"], [item], ToOutside: "Institute of Physics, Linz"), Ct))!.Value;
        Assert.Equal(Change.Done, await Desk.SendAsync(s.Ada, id, (await Desk.FindAsync(s.Ada, id, Ct))!.Version, Ct));
        return id;
    }

    private async Task<Change> ArriveAsync(CustodyScene s, Guid id, ArrivalCheck check) => await database.Get<ShipmentArrival>().CheckInAsync(s.Ada, id, check, (await Desk.FindAsync(s.Ada, id, Ct))!.Version, Ct);

    private async Task<(CustodyScene Here, CustodyScene There)> TwoLabsAsync()
    {
        var (here, there) = (await CustodyScene.MakeAsync(database, Ct), await CustodyScene.MakeAsync(database, Ct));
        await database.Scene.ShareAsync(await database.Scene.ProjectAsync(here.Lab, "another"), ProjectRole.Viewer, labId: there.Lab);
        return (here, there);
    }

    private async Task<Guid> PackAsync(CustodyScene from, CustodyScene to, IReadOnlyList<Guid> items, string hold) => (await Desk.CreateAsync(
        from.Ada, from.Lab, new ShipmentText(to.Lab, "Grids for TEM 2", ["dry-shipper"], items, "CX100", FilledAt: TimeProvider.System.GetUtcNow().AddHours(-2), Hold: hold), Ct))!.Value;

    private Task<Change> CheckInAsync(CustodyScene at, Guid id, uint version, params (Guid Item, Arrival Arrival, string Note)[] looks) => database.Get<ShipmentArrival>()
        .CheckInAsync(at.Mia, id, new ArrivalCheck([.. looks.Select(look => new ItemArrival(look.Item, look.Arrival, look.Note))], "-182 degC"), version, Ct);

    private async Task RefusedAsync(CustodyScene s, Guid id, string reason)
    {
        var version = (await Desk.FindAsync(s.Ada, id, Ct))!.Version;
        Assert.Contains(reason, (await Assert.ThrowsAsync<ProblemException>(() => Desk.SendAsync(s.Ada, id, version, Ct))).Message, StringComparison.Ordinal);
    }
}
