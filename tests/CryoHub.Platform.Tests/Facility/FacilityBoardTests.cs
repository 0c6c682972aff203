using CryoHub.Imaging;
using CryoHub.Platform.Custody;
using CryoHub.Platform.Facility;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Storage;
using CryoHub.Platform.Tests.Custody;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform.Tests.Facility;

public sealed class FacilityBoardTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_quiet_day_has_no_alarm_and_nothing_waits()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var today = await ReadAsync(s.Ada, s.Lab);
        Assert.Equal((0, 0, 0, 0), (today.Alarms.Count, today.WaitingInAll, today.Queue.Count, today.Sessions.Count));
        Assert.True(today.FreeBytes <= today.DiskBytes);
        await Assert.ThrowsAsync<ProblemException>(() => ReadAsync(s.Mia, s.Lab));   // a member is no manager
        Assert.Null(await Board().ReadAsync(await database.Scene.PersonAsync("Ruth"), s.Lab, Ct));
    }

    [Fact]
    public async Task A_grid_waits_from_the_moment_it_came_until_its_first_data_set()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var (grid, measured, cell) = (await GridAsync(s, "G-1"), await GridAsync(s, "G-2"), await s.ItemAsync("C-1"));
        var then = new DateTimeOffset(2026, 3, 5, 8, 0, 0, TimeSpan.Zero);
        foreach (var (item, slot) in ((Guid, int)[])[(grid, 1), (measured, 2), (cell, 3)])
        {
            await database.Get<CustodyLog>().PutAwayAsync(s.Ada, item, new PutAway(s.Box, slot, At: then), Ct);
        }

        await database.Scene.DatasetAsync(s.Project, sampleId: measured);
        var today = await ReadAsync(s.Ada, s.Lab);
        var row = Assert.Single(today.Waiting);
        Assert.Equal(("G-1", "its first data set", then, "D2, puck 1, box A, slot 1"), (row.Item.Name, row.WaitsFor, row.Since, row.Place));
        await database.Scene.RunAsync(s.Project, grid);
        Assert.Equal("Look", Assert.Single((await ReadAsync(s.Ada, s.Lab)).Waiting).WaitsFor);   // the next step of its template
        await database.Scene.DatasetAsync(s.Project, sampleId: grid);
        Assert.Equal(0, (await ReadAsync(s.Ada, s.Lab)).WaitingInAll);
    }

    [Fact]
    public async Task Each_alarm_names_its_cause_and_ends_with_it()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var (tem, fib) = (await database.Scene.InstrumentAsync(s.Lab, "TEM 1"), await database.Scene.InstrumentAsync(s.Lab, "FIB 1"));
        var now = TimeProvider.System.GetUtcNow();
        await database.Scene.BookingAsync(tem, s.Lab, s.Mia, now.AddHours(5));
        await database.Scene.BookingAsync(fib, s.Lab, s.Mia, now.AddDays(2), BookingState.Asked);
        var down = await database.Scene.DowntimeAsync(tem, now.AddHours(-2));
        await database.Get<ClockLog>().CheckAsync(s.Ada, fib, new ClockReading(OffsetSeconds: -2400), Ct);
        var item = await GridAsync(s, "G-7");
        await database.Get<CustodyLog>().PutAwayAsync(s.Ada, item, new PutAway(s.Box, 1, At: now.AddHours(-5)), Ct);
        await database.Get<CustodyLog>().PutAwayAsync(s.Ada, item, new PutAway(s.Box, 2, At: now.AddHours(-3), WasFound: true), Ct);
        var alarms = (await ReadAsync(s.Ada, s.Lab)).Alarms;
        Assert.Equal(["TEM 1 is down", "1 booking to approve", "The clock of FIB 1 is wrong", "G-7 without record"], alarms.Select(alarm => alarm.Title));
        Assert.Equal([true, false, false, false], alarms.Select(alarm => alarm.IsUrgent));
        Assert.Contains("; 1 booking touched.", alarms[0].Words, StringComparison.Ordinal);
        Assert.Equal("By 40 min, behind. Sessions put it right; set it all the same.", alarms[2].Words);
        Assert.StartsWith("2 h in 1 gap.", alarms[3].Words, StringComparison.Ordinal);

        await database.Get<DowntimeLog>().EndAsync(s.Ada, down, new EndDowntime("New gun"), Ct);
        await database.Get<ClockLog>().CheckAsync(s.Ada, fib, new ClockReading(OffsetSeconds: 3), Ct);
        Assert.Equal(2, (await ReadAsync(s.Ada, s.Lab)).Alarms.Count);
    }

    [Fact]
    public async Task A_manager_reads_that_bookings_wait_because_a_qualification_was_withdrawn()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var tem = await database.Scene.InstrumentAsync(s.Lab);
        await database.Scene.BookingAsync(tem, s.Lab, s.Mia, TimeProvider.System.GetUtcNow().AddDays(1));
        var qualification = await database.Scene.QualificationAsync(tem, s.Mia);
        await database.Scene.ReadAsync(db => db.Instruments.Where(i => i.Id == tem).ExecuteUpdateAsync(set => set.SetProperty(i => i.NeedsQualification, true)));
        await database.Get<QualificationRoll>().WithdrawAsync(s.Ada, qualification, Ct);
        Assert.Equal("Their time is held until a manager decides. Of one the qualification was withdrawn.", Assert.Single((await ReadAsync(s.Ada, s.Lab)).Alarms).Words);
    }

    [Fact]
    public async Task A_disk_that_fills_up_and_a_shipment_that_gets_warm_are_told()
    {
        var s = await CustodyScene.MakeAsync(database, Ct);
        var other = await database.Scene.LabAsync((s.Mia, LabRole.Owner));
        var shipment = await database.Scene.ShipmentAsync(s.Lab, other, await s.ItemAsync());
        var now = TimeProvider.System.GetUtcNow();
        await database.Scene.ReadAsync(db => db.Shipments.Where(p => p.Id == shipment).ExecuteUpdateAsync(
            set => set.SetProperty(p => p.State, ShipmentState.Sent).SetProperty(p => p.SentAt, now.AddDays(-8)).SetProperty(p => p.FilledAt, now.AddDays(-8)).SetProperty(p => p.HoldSeconds, 7 * 86400.0), Ct));
        await using var db = database.CreateDbContext();
        var alarms = await new FacilityAlarms(TimeProvider.System).ReadAsync(db, s.Lab, LabZone.Of("Etc/UTC"), 95, 100, new DiskRoom(5, 100), Ct);
        Assert.Equal(
            [("Shipment Grids is warm", true), ("The disk fills up", true), ("The lab's quota is nearly used", false)], alarms.Select(alarm => (alarm.Title, alarm.IsUrgent)));
        Assert.Contains("5 % are free", alarms[1].Words, StringComparison.Ordinal);
    }

    private async Task<Guid> GridAsync(CustodyScene s, string name)
    {
        var id = await s.ItemAsync(name);
        await database.Scene.ReadAsync(db => db.Samples.Where(sample => sample.Id == id).ExecuteUpdateAsync(set => set.SetProperty(sample => sample.Kind, SampleKind.Grid), Ct));
        return id;
    }

    private FacilityBoard Board() => new(
        database, database.Get<BookingCalendar>(), database.Get<FacilityAlarms>(), Options.Create(new StorageOptions { Folder = Path.GetTempPath() }), TimeProvider.System);

    private async Task<FacilityToday> ReadAsync(Guid person, Guid lab)
    {
        var today = (await Board().ReadAsync(person, lab, Ct))!;
        return today with { Alarms = [.. today.Alarms.Where(alarm => alarm.Title != "The disk fills up")] };   // the disk of the machine that tests may be full
    }
}
