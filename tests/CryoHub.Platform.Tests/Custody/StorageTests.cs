using CryoHub.Imaging;
using CryoHub.Platform.Custody;
using CryoHub.Platform.Labs;
using CryoHub.TestKit;
using Npgsql;

namespace CryoHub.Platform.Tests.Custody;

public sealed class StorageTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Then = new(2026, 3, 5, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private StorageMap Map => database.Get<StorageMap>();

    private CustodyLog Log => database.Get<CustodyLog>();

    [Fact]
    public async Task An_item_is_put_away_moved_and_taken_out_and_its_way_is_kept()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var item = await s.ItemAsync();
        Assert.Equal(Change.Done, await Log.PutAwayAsync(s.Ada, item, new PutAway(s.Box, 3, At: Then), Ct));
        Assert.Equal(Change.Done, await Log.PutAwayAsync(s.Mia, item, new PutAway(s.Other, At: Then.AddHours(1)), Ct));
        Assert.Equal(Change.Done, await Log.TakeOutAsync(s.Mia, item, new TakeOut("for TEM 2", Then.AddHours(2)), Ct));
        var card = await s.CardAsync(item, Ct);
        Assert.Equal(["Mia", "D2, puck 1, box B, slot 1", "D2, puck 1, box A, slot 3"], card.Way.Select(row => row.Where));
        Assert.Equal([null, Then.AddHours(2), Then.AddHours(1)], card.Way.Select(row => row.Until));
        Assert.Equal(("Mia", "for TEM 2"), (card.Now!.RecordedBy, card.Now.Note));
        Assert.Empty(card.Gaps);
        Assert.All((await Map.ReadAsync(s.Ada, s.Lab, Ct))!, place => Assert.Empty(place.Items));
    }

    [Fact]
    public async Task The_map_shows_every_place_with_what_lies_in_it()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var item = await s.ItemAsync("G-7");
        await Log.PutAwayAsync(s.Ada, item, new PutAway(s.Other, 2), Ct);
        var map = (await Map.ReadAsync(s.Mia, s.Lab, Ct))!;
        Assert.Equal(["D2", "puck 1", "box A", "box B"], map.Select(place => place.Name));
        Assert.Equal((2, "G-7", ""), Assert.Single(map[3].Items.Select(i => (i.Slot, i.Name, i.LabName))));
        Assert.Null(await Map.ReadAsync(await database.Scene.PersonAsync("stranger"), s.Lab, Ct));
    }

    [Fact]
    public async Task A_slot_holds_one_item_and_the_refusal_names_it()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        await Log.PutAwayAsync(s.Ada, await s.ItemAsync("G-1"), new PutAway(s.Box, 1), Ct);
        var refused = await Assert.ThrowsAsync<ProblemException>(async () => await Log.PutAwayAsync(s.Ada, await s.ItemAsync("G-2"), new PutAway(s.Box, 1), Ct));
        Assert.Equal("Slot 1 of box A holds G-1; choose another slot.", refused.Message);
    }

    [Fact]
    public async Task Two_people_who_put_two_items_into_one_slot_at_the_same_moment_do_not_both_succeed()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        Guid[] items = [await s.ItemAsync("G-1"), await s.ItemAsync("G-2"), await s.ItemAsync("G-3"), await s.ItemAsync("G-4")];
        var tries = await Task.WhenAll(items.Select(async item =>
        {
            try
            {
                return await Log.PutAwayAsync(s.Ada, item, new PutAway(s.Box, 2), Ct) == Change.Done;
            }
            catch (ProblemException)
            {
                return false;
            }
        }));
        Assert.Equal(1, tries.Count(done => done));
        Assert.Single((await Map.ReadAsync(s.Ada, s.Lab, Ct))![2].Items);
    }

    [Fact]
    public async Task The_database_itself_refuses_an_item_in_two_places_also_in_the_past()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var item = await s.ItemAsync();
        await Log.PutAwayAsync(s.Ada, item, new PutAway(s.Box, 1, At: Then), Ct);
        await Log.TakeOutAsync(s.Ada, item, new TakeOut(At: Then.AddHours(2)), Ct);
        await using var connection = new NpgsqlConnection(database.OwnerConnectionString);
        await connection.OpenAsync(Ct);
        await using var insert = new NpgsqlCommand(
            $"""
            insert into keepings (id, sample_id, lab_id, kind, place_id, slot, since, until, recorded_by, note)
            values ('{Guid.CreateVersion7()}', '{item}', '{s.Lab}', 'Storage', '{s.Other}', 1, '2026-03-05 09:00Z', '2026-03-05 09:30Z', '{s.Ada}', '')
            """, connection);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => insert.ExecuteNonQueryAsync(Ct));
        Assert.Equal(("23P01", "ex_keepings_one_place"), (refused.SqlState, refused.ConstraintName));
    }

    [Fact]
    public async Task A_box_moves_with_what_is_in_it_and_a_full_place_cannot_be_removed()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var item = await s.ItemAsync();
        await Log.PutAwayAsync(s.Ada, item, new PutAway(s.Box, 1), Ct);
        var cane = (await Map.AddAsync(s.Ada, s.Lab, new NewPlace(PlaceKind.Cane, "cane 4", 6, s.Dewar), Ct))!.Value;
        Assert.Equal(Change.Done, await Map.MoveAsync(s.Mia, s.Box, cane, 2, Ct));
        Assert.Equal("D2, cane 4, box A, slot 1", (await s.CardAsync(item, Ct)).Now!.Where);
        Assert.Contains("1 things are in box A", (await Assert.ThrowsAsync<ProblemException>(() => Map.RemoveAsync(s.Ada, s.Box, Ct))).Message, StringComparison.Ordinal);
        Assert.Equal(Change.Done, await Map.RemoveAsync(s.Ada, s.Other, Ct));
    }

    [Theory]
    [InlineData(PlaceKind.Puck, 0, "is in something")]
    [InlineData(PlaceKind.Box, 300, "300 were given")]
    public async Task Places_that_cannot_be_are_refused_in_words(PlaceKind kind, int capacity, string reason)
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var refused = await Assert.ThrowsAsync<ProblemException>(() => Map.AddAsync(s.Ada, s.Lab, new NewPlace(kind, "x", capacity == 0 ? 4 : capacity), Ct));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Places_nest_one_way_and_a_position_is_taken_once()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        await RefusedAsync(s, new NewPlace(PlaceKind.Dewar, "D3", 7, s.Dewar), "stands by itself");
        await RefusedAsync(s, new NewPlace(PlaceKind.Puck, "p", 7, s.Box), "does not go into a box");
        await RefusedAsync(s, new NewPlace(PlaceKind.Box, "b", 4, s.Puck, 1), "Position 1 of puck 1 is taken");
        await RefusedAsync(s, new NewPlace(PlaceKind.Box, "b", 4, s.Puck, 13), "positions 1 to 12; there is no 13");
    }

    [Fact]
    public async Task A_viewer_of_the_lab_looks_and_does_not_touch()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var viewer = await database.Scene.MemberAsync(s.Lab, await database.Scene.PersonAsync("viewer"), LabRole.Viewer);
        var item = await s.ItemAsync();
        Assert.NotNull(await Map.ReadAsync(viewer, s.Lab, Ct));
        await Assert.ThrowsAsync<ProblemException>(() => Map.AddAsync(viewer, s.Lab, new NewPlace(PlaceKind.Dewar, "D3", 7), Ct));
        await Assert.ThrowsAsync<ProblemException>(() => Log.PutAwayAsync(viewer, item, new PutAway(s.Box), Ct));
        Assert.Equal(Change.Absent, await Log.PutAwayAsync(await database.Scene.PersonAsync("stranger"), item, new PutAway(s.Box), Ct));
    }

    private async Task RefusedAsync(CustodyScene s, NewPlace place, string reason) =>
        Assert.Contains(reason, (await Assert.ThrowsAsync<ProblemException>(() => Map.AddAsync(s.Ada, s.Lab, place, Ct))).Message, StringComparison.Ordinal);
}
