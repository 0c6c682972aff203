using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Custody;
using CryoHub.Platform.Labels;
using CryoHub.Platform.Labs;
using CryoHub.TestKit;

namespace CryoHub.Platform.Tests.Custody;

public sealed class HandoverTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private HandoverDesk Desk => database.Get<HandoverDesk>();

    private CustodyLog Log => database.Get<CustodyLog>();

    [Fact]
    public async Task An_item_changes_hands_when_the_receiver_says_so_and_not_before()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var item = await s.ItemAsync();
        await Log.TakeOutAsync(s.Ada, item, new TakeOut(), Ct);
        var offer = await Desk.OfferAsync(s.Ada, item, new OfferItem(s.Lab, s.Mia, "for milling"), Ct);
        Assert.Equal("Ada", (await s.CardAsync(item, Ct)).Now!.Where);
        Assert.False(Assert.Single((await Desk.ListAsync(s.Mia, PageRequest.First, Ct)).Items).IsMine);
        Assert.Equal(Change.Absent, await Desk.AcceptAsync(s.Ada, offer!.Value, null, Ct));   // one cannot acknowledge for somebody else
        Assert.Equal(Change.Done, await Desk.AcceptAsync(s.Mia, offer.Value, "intact", Ct));
        var card = await s.CardAsync(item, Ct);
        Assert.Equal(("Mia", "intact"), (card.Now!.Where, card.Now.Note));
        Assert.Empty(card.Gaps);
        Assert.Empty((await Desk.ListAsync(s.Mia, PageRequest.First, Ct)).Items);
    }

    [Fact]
    public async Task Only_what_is_in_the_own_hands_is_offered_and_only_once()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var item = await s.ItemAsync();
        await RefusedAsync(s, item, "take it first");
        await Log.PutAwayAsync(s.Ada, item, new PutAway(s.Box), Ct);
        await RefusedAsync(s, item, "take it out first");
        await Log.TakeOutAsync(s.Mia, item, new TakeOut(), Ct);
        await RefusedAsync(s, item, "in the hands of Mia");
        var offer = await Desk.OfferAsync(s.Mia, item, new OfferItem(s.Lab, s.Ada), Ct);
        Assert.Contains("offered already", (await Assert.ThrowsAsync<ProblemException>(() => Desk.OfferAsync(s.Mia, item, new OfferItem(s.Lab), Ct))).Message, StringComparison.Ordinal);
        Assert.Equal(Change.Done, await Desk.WithdrawAsync(s.Mia, offer!.Value, Ct));
        Assert.Contains("withdrawn on", (await Assert.ThrowsAsync<ProblemException>(() => Desk.AcceptAsync(s.Ada, offer.Value, null, Ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offer_ends_when_the_item_has_left_the_hands_that_made_it()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var item = await s.ItemAsync();
        await Log.TakeOutAsync(s.Ada, item, new TakeOut(), Ct);
        var offer = await Desk.OfferAsync(s.Ada, item, new OfferItem(s.Lab), Ct);
        await Log.PutAwayAsync(s.Ada, item, new PutAway(s.Box), Ct);
        Assert.Contains("left the hands", (await Assert.ThrowsAsync<ProblemException>(() => Desk.AcceptAsync(s.Mia, offer!.Value, null, Ct))).Message, StringComparison.Ordinal);
        Assert.Equal("D2, puck 1, box A, slot 1", (await s.CardAsync(item, Ct)).Now!.Where);
    }

    [Fact]
    public async Task Another_lab_gets_the_item_and_sees_it_but_not_its_project()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var other = await CustodyScene.MakeAsync(database, Ct);
        var item = await s.ItemAsync("G-77");
        await Log.PutAwayAsync(s.Ada, item, new PutAway(s.Box), Ct);
        await Log.TakeOutAsync(s.Ada, item, new TakeOut("secret plan"), Ct);
        await database.Get<LabelDesk>().MakeAsync(s.Ada, item, "G77", Ct);

        // A lab that one does not know cannot be named; sharing any project makes it known.
        await Assert.ThrowsAsync<ProblemException>(() => Desk.OfferAsync(s.Ada, item, new OfferItem(other.Lab), Ct));
        await database.Scene.ShareAsync(await database.Scene.ProjectAsync(s.Lab, "another"), ProjectRole.Viewer, labId: other.Lab);
        var offer = await Desk.OfferAsync(s.Ada, item, new OfferItem(other.Lab), Ct);
        Assert.Null(await database.Get<CustodyBook>().OfAsync(other.Ada, item, Ct));
        Assert.Empty(await database.Get<LabelScan>().ScanAsync(other.Ada, "G77", Ct));

        Assert.Equal(Change.Done, await Desk.AcceptAsync(other.Mia, offer!.Value, null, Ct));
        var card = (await database.Get<CustodyBook>().OfAsync(other.Ada, item, Ct))!;
        Assert.Equal((false, true, 1), (card.SeesProject, card.MayHandle, card.Way.Count));   // not the owners' part of the way
        Assert.Equal(("G-77", ""), Assert.Single((await database.Get<LabelScan>().ScanAsync(other.Ada, "G77", Ct)).Select(found => (found.Item!.Name, found.ProjectName))));
        await Log.PutAwayAsync(other.Mia, item, new PutAway(other.Box, 2), Ct);
        Assert.Equal("Lab", Assert.Single((await database.Get<StorageMap>().ReadAsync(other.Ada, other.Lab, Ct))![2].Items).LabName);
        Assert.Equal(3, (await s.CardAsync(item, Ct)).Way.Count(row => row.Until is not null));   // the owners see all of it
        Assert.Null(await database.Get<CustodyBook>().OfAsync(await database.Scene.PersonAsync("third"), item, Ct));
    }

    private async Task RefusedAsync(CustodyScene s, Guid item, string reason) =>
        Assert.Contains(reason, (await Assert.ThrowsAsync<ProblemException>(() => Desk.OfferAsync(s.Ada, item, new OfferItem(s.Lab, s.Mia), Ct))).Message, StringComparison.Ordinal);
}
