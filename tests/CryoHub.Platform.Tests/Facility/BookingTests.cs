using CryoHub.Imaging;
using CryoHub.Platform.Facility;
using CryoHub.Platform.Labs;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Facility;

/// <summary>The clock stands at Monday, 2 March 2026, 08:00 UTC.</summary>
public sealed class BookingTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly ManualClock clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private BookingDesk Desk => new(database, clock);

    private BookingCalendar Calendar => new(database, clock);

    [Fact]
    public async Task A_booking_in_the_past_is_refused_with_the_time_on_the_labs_wall()
    {
        var s = await SceneAsync();
        await database.Get<LabZones>().SetAsync(s.Ada, s.Lab, "Europe/Berlin", Ct);
        var refused = await Assert.ThrowsAsync<ProblemException>(() => BookAsync(s.Ada, s.Tem, -1, 2));
        Assert.Equal("2 Mar 2026 08:00 is over: it is 2 Mar 2026 09:00 in Europe/Berlin. Bookings begin now or later.", refused.Message);
        Assert.NotNull(await BookAsync(s.Ada, s.Tem, 0, 2));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(1, 400)]
    [InlineData(18000, 18001)]
    public async Task Times_that_make_no_booking_are_refused(int from, int until)
    {
        var s = await SceneAsync();
        await Assert.ThrowsAsync<ProblemException>(() => BookAsync(s.Ada, s.Tem, from, until));
    }

    [Fact]
    public async Task One_booking_begins_when_another_ends_and_none_overlaps()
    {
        var s = await SceneAsync();
        await BookAsync(s.Ada, s.Tem, 2, 4);
        Assert.NotNull(await BookAsync(s.Mia, s.Tem, 4, 6));
        Assert.NotNull(await BookAsync(s.Mia, s.Fib, 2, 4));
        var refused = await Assert.ThrowsAsync<ProblemException>(() => BookAsync(s.Mia, s.Tem, 3, 5));
        Assert.Equal("TEM 1 is taken from 2 Mar 10:00 to 2 Mar 12:00; 2 Mar 11:00 to 2 Mar 13:00 does not fit.", refused.Message);
    }

    [Fact]
    public async Task Of_many_who_book_the_same_hour_at_once_one_gets_it()
    {
        var s = await SceneAsync();
        var tries = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
        {
            try
            {
                return await BookAsync(i % 2 == 0 ? s.Ada : s.Mia, s.Tem, 1, 3) is not null;
            }
            catch (ProblemException refused) when (refused.Kind == ProblemKind.Conflict)
            {
                return false;
            }
        }));
        Assert.Single(tries, won => won);
        Assert.Equal(1, await database.Scene.ReadAsync(db => db.Bookings.CountAsync(b => b.InstrumentId == s.Tem, Ct)));
    }

    [Fact]
    public async Task Past_every_rule_the_database_still_refuses_the_second_booking()
    {
        var s = await SceneAsync();
        var first = (await BookAsync(s.Ada, s.Tem, 2, 4))!.Ids[0];
        await using var db = database.CreateDbContext();
        var sql = $"insert into bookings (id, group_id, instrument_id, user_id, for_lab_id, kind, state, purpose, reason, starts_at, ends_at, created_at) select gen_random_uuid(), group_id, instrument_id, user_id, for_lab_id, kind, 'Confirmed', '', '', starts_at + interval '1 hour', ends_at + interval '1 hour', now() from bookings where id = '{first}'";
        Assert.Equal("23P01", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => db.Database.ExecuteSqlRawAsync(sql, Ct))).SqlState);   // exclusion_violation
    }

    [Fact]
    public async Task Several_instruments_are_booked_in_one_go_or_not_at_all()
    {
        var s = await SceneAsync();
        await BookAsync(s.Mia, s.Fib, 3, 4);
        await Assert.ThrowsAsync<ProblemException>(() => Desk.BookAsync(s.Ada, new NewBooking([s.Tem, s.Fib], At(2), At(5), "lift-out and image"), Ct));
        Assert.DoesNotContain(await WeekAsync(s.Ada, s.Lab), b => b.InstrumentId == s.Tem);
        var booked = (await Desk.BookAsync(s.Ada, new NewBooking([s.Tem, s.Fib], At(5), At(7), "lift-out and image"), Ct))!;
        Assert.Equal([s.Fib, s.Tem], (await WeekAsync(s.Ada, s.Lab)).Where(b => b.GroupId == booked.GroupId).Select(b => b.InstrumentId).OrderBy(id => id != s.Fib));
        Assert.Null(await Desk.BookAsync(s.Ada, new NewBooking([s.Tem, Guid.CreateVersion7()], At(8), At(9), ""), Ct));
        Assert.Equal(Change.Done, await Desk.CancelAsync(s.Ada, booked.Ids[0], series: true, null, Ct));
        Assert.Single(await WeekAsync(s.Ada, s.Lab));
    }

    [Fact]
    public async Task A_weekly_night_keeps_its_hours_on_the_wall_when_the_clock_is_changed()
    {
        // Berlin, 29 March 2026: 22:00 to 06:00 is 21:00 to 05:00 UTC in winter and 20:00 to 04:00 in summer; the night of the change has 7 hours.
        var s = await SceneAsync();
        await database.Get<LabZones>().SetAsync(s.Ada, s.Lab, "Europe/Berlin", Ct);
        var from = Utc(3, 14, 21);
        var booked = (await Desk.BookAsync(s.Ada, new NewBooking([s.Tem], from, from.AddHours(8), "tilt", Repeat: new Repetition(RepeatUnit.Week, 1, 4)), Ct))!;
        Assert.Equal(4, booked.Ids.Count);
        Assert.Equal(
            [(Utc(3, 14, 21), Utc(3, 15, 5)), (Utc(3, 21, 21), Utc(3, 22, 5)), (Utc(3, 28, 21), Utc(3, 29, 4)), (Utc(4, 4, 20), Utc(4, 5, 4))],
            (await Calendar.ListAsync(s.Ada, s.Lab, Utc(3, 1, 0), Utc(5, 1, 0), Ct))!.Select(b => (b.From, b.Until)));
    }

    [Fact]
    public async Task A_series_through_the_hour_that_is_left_out_and_the_hour_that_comes_twice_books_nothing_twice()
    {
        var s = await SceneAsync();
        await database.Get<LabZones>().SetAsync(s.Ada, s.Lab, "Europe/Berlin", Ct);
        // 02:30 to 03:30 every day: left out on 29 March, where it moves on by an hour.
        await Desk.BookAsync(s.Ada, new NewBooking([s.Tem], Utc(3, 28, 1, 30), Utc(3, 28, 2, 30), "", Repeat: new Repetition(RepeatUnit.Day, 1, 3)), Ct);
        var spring = (await Calendar.ListAsync(s.Ada, s.Lab, Utc(3, 28, 0), Utc(3, 31, 0), Ct))!;
        Assert.Equal([(1, 30), (1, 30), (0, 30)], spring.Select(b => (b.From.UtcDateTime.Hour, b.From.UtcDateTime.Minute)));
        // Both hours that the wall calls 02:00 on 25 October are free, and each is booked once.
        Assert.NotNull(await Desk.BookAsync(s.Ada, new NewBooking([s.Tem], Utc(10, 25, 0), Utc(10, 25, 1), "first 02:00"), Ct));
        Assert.NotNull(await Desk.BookAsync(s.Mia, new NewBooking([s.Tem], Utc(10, 25, 1), Utc(10, 25, 2), "second 02:00"), Ct));
        await Assert.ThrowsAsync<ProblemException>(() => Desk.BookAsync(s.Ada, new NewBooking([s.Tem], Utc(10, 25, 0, 30), Utc(10, 25, 1, 30), ""), Ct));
    }

    [Fact]
    public async Task A_time_typed_with_an_offset_is_stored_in_UTC()
    {
        var s = await SceneAsync();
        var from = new DateTimeOffset(2026, 3, 3, 10, 0, 0, TimeSpan.FromHours(5.5));
        var id = (await Desk.BookAsync(s.Ada, new NewBooking([s.Tem], from, from.AddHours(1), ""), Ct))!.Ids[0];
        Assert.Equal(new DateTime(2026, 3, 3, 4, 30, 0), (await Calendar.FindAsync(s.Ada, id, Ct))!.From.UtcDateTime);
    }

    [Fact]
    public async Task Who_does_not_work_independently_waits_for_a_yes_and_hears_why_not()
    {
        var s = await SceneAsync();
        var careful = await database.Scene.InstrumentAsync(s.Lab, "TEM 2", needsQualification: true, needsApproval: true);
        var refused = await Assert.ThrowsAsync<ProblemException>(() => BookAsync(s.Mia, careful, 1, 2));
        Assert.Equal((ProblemKind.Forbidden, "You are not qualified on TEM 2; a manager of its lab can qualify you."), (refused.Kind, refused.Message));
        await database.Scene.QualificationAsync(careful, s.Mia, until: At(5));
        Assert.Contains("runs out", (await Assert.ThrowsAsync<ProblemException>(() => BookAsync(s.Mia, careful, 4, 6))).Message, StringComparison.Ordinal);
        var asked = (await BookAsync(s.Mia, careful, 1, 2))!;
        Assert.Equal(BookingState.Asked, asked.State);
        Assert.Equal(asked.Ids[0], Assert.Single(await Calendar.ToDecideAsync(s.Ada, s.Lab, Ct)).Id);
        Assert.Empty(await Calendar.ToDecideAsync(s.Mia, s.Lab, Ct));
        Assert.Equal(Change.Forbidden, await Desk.DecideAsync(s.Mia, asked.Ids[0], new Decision(true), Ct));
        await Assert.ThrowsAsync<ProblemException>(() => Desk.DecideAsync(s.Ada, asked.Ids[0], new Decision(false), Ct));   // not without a reason
        Assert.Equal(Change.Done, await Desk.DecideAsync(s.Ada, asked.Ids[0], new Decision(false, "gun conditioning"), Ct));
        Assert.Equal((BookingState.Refused, "gun conditioning"), ((await Calendar.FindAsync(s.Mia, asked.Ids[0], Ct))!.State, (await Calendar.FindAsync(s.Mia, asked.Ids[0], Ct))!.Reason));
        Assert.Equal(BookingState.Asked, (await BookAsync(s.Mia, careful, 1, 2))!.State);   // the refused one holds no time
    }

    [Fact]
    public async Task A_moved_booking_that_was_approved_is_asked_for_again()
    {
        var s = await SceneAsync();
        var careful = await database.Scene.InstrumentAsync(s.Lab, "TEM 2", needsApproval: true);
        var id = (await BookAsync(s.Mia, careful, 1, 3))!.Ids[0];
        await Desk.DecideAsync(s.Ada, id, new Decision(true), Ct);
        Assert.Equal(Change.Conflict, await Desk.MoveAsync(s.Mia, id, At(1), At(2), 0, Ct));
        await MoveAsync(s.Mia, id, 1, 2);
        Assert.Equal(BookingState.Confirmed, (await Calendar.FindAsync(s.Mia, id, Ct))!.State);   // shorter: still what was approved
        await MoveAsync(s.Mia, id, 6, 7);
        Assert.Equal(BookingState.Asked, (await Calendar.FindAsync(s.Mia, id, Ct))!.State);
    }

    [Fact]
    public async Task What_has_begun_keeps_its_beginning_and_what_was_used_stays_used()
    {
        var s = await SceneAsync();
        var id = (await BookAsync(s.Mia, s.Tem, 1, 5))!.Ids[0];
        clock.Advance(TimeSpan.FromHours(2));
        await Assert.ThrowsAsync<ProblemException>(() => MoveAsync(s.Mia, id, 3, 5));
        await Assert.ThrowsAsync<ProblemException>(() => MoveAsync(s.Mia, id, 1, 1.5));
        await MoveAsync(s.Mia, id, 1, 4);
        Assert.Equal(Change.Done, await Desk.CancelAsync(s.Mia, id, false, null, Ct));
        Assert.Equal((BookingState.Confirmed, At(2)), ((await Calendar.FindAsync(s.Mia, id, Ct))!.State, (await Calendar.FindAsync(s.Mia, id, Ct))!.Until));
        await Assert.ThrowsAsync<ProblemException>(() => Desk.CancelAsync(s.Mia, id, false, null, Ct));
    }

    [Fact]
    public async Task Maintenance_is_booked_by_managers_and_a_broken_instrument_by_nobody()
    {
        var s = await SceneAsync();
        await Assert.ThrowsAsync<ProblemException>(() => Desk.BookAsync(s.Mia, new NewBooking([s.Tem], At(1), At(2), "bake-out", Kind: BookingKind.Maintenance), Ct));
        Assert.Equal(BookingState.Confirmed, (await Desk.BookAsync(s.Ada, new NewBooking([s.Tem], At(1), At(2), "bake-out", Kind: BookingKind.Maintenance), Ct))!.State);
        var down = (await database.Get<DowntimeLog>().RecordAsync(s.Ada, s.Fib, new RecordDowntime("Pump", At(-1), ExpectedUntil: At(30)), Ct))!.Value;
        Assert.Contains("is down (Pump), presumably until 3 Mar 14:00", (await Assert.ThrowsAsync<ProblemException>(() => BookAsync(s.Mia, s.Fib, 5, 6))).Message, StringComparison.Ordinal);
        Assert.NotNull(await BookAsync(s.Mia, s.Fib, 30, 31));
        await database.Get<DowntimeLog>().EndAsync(s.Ada, down, new EndDowntime("New pump"), Ct);
        Assert.NotNull(await BookAsync(s.Mia, s.Fib, 5, 6));
    }

    [Fact]
    public async Task Another_labs_people_see_that_it_is_taken_and_not_by_whom()
    {
        var s = await SceneAsync();
        var ruth = await database.Scene.PersonAsync("Ruth");
        var hers = await database.Scene.LabAsync((ruth, LabRole.Member));
        await Desk.BookAsync(s.Mia, new NewBooking([s.Tem], At(1), At(2), "secret alloy"), Ct);
        Assert.Null(await Calendar.ListAsync(ruth, s.Lab, At(0), At(100), Ct));
        await database.Scene.QualificationAsync(s.Tem, ruth);
        var own = (await Desk.BookAsync(ruth, new NewBooking([s.Tem], At(3), At(4), "ours"), Ct))!;
        await Desk.BookAsync(s.Mia, new NewBooking([s.Fib], At(1), At(2), "unseen"), Ct);
        var seen = await WeekAsync(ruth, s.Lab);
        Assert.Equal([("", "", ""), ("ours", "Ruth", "Lab")], seen.Select(b => (b.Purpose, b.Who, b.ForLab)));
        Assert.Equal([null, hers], seen.Select(b => b.ForLabId));
        await Assert.ThrowsAsync<ProblemException>(() => Desk.CancelAsync(ruth, seen[0].Id, false, null, Ct));
        Assert.Equal(Change.Done, await Desk.CancelAsync(s.Ada, own.Ids[0], false, "power cut", Ct));   // a manager of the instrument may
        await Assert.ThrowsAsync<ProblemException>(() => Desk.BookAsync(ruth, new NewBooking([s.Tem], At(5), At(6), "", ForLabId: s.Lab), Ct));   // not on another lab's account
    }

    [Fact]
    public async Task A_feed_shows_what_its_person_may_see_now_and_dies_when_it_is_revoked()
    {
        var s = await SceneAsync();
        var ruth = await database.Scene.PersonAsync("Ruth");
        await database.Scene.LabAsync((ruth, LabRole.Member));
        await Desk.BookAsync(s.Mia, new NewBooking([s.Tem], At(1), At(2), "secret alloy"), Ct);
        var feeds = new CalendarFeeds(database, clock);
        Assert.Null(await feeds.CreateAsync(ruth, s.Lab, Ct));
        var qualification = await database.Scene.QualificationAsync(s.Tem, ruth);
        var (lab, mine) = ((await feeds.CreateAsync(ruth, s.Lab, Ct))!, (await feeds.CreateAsync(s.Mia, null, Ct))!);
        Assert.Equal("", Assert.Single((await feeds.ReadAsync(lab.Code, Ct))!.Bookings).Purpose);
        Assert.Equal("secret alloy", Assert.Single((await feeds.ReadAsync(mine.Code, Ct))!.Bookings).Purpose);
        await database.Get<QualificationRoll>().WithdrawAsync(s.Ada, qualification, Ct);
        Assert.Empty((await feeds.ReadAsync(lab.Code, Ct))!.Bookings);
        Assert.False(await feeds.RevokeAsync(s.Ada, mine.Id, Ct));   // only one's own
        Assert.True(await feeds.RevokeAsync(s.Mia, mine.Id, Ct));
        Assert.Null(await feeds.ReadAsync(mine.Code, Ct));
        Assert.Null(await feeds.ReadAsync("guess", Ct));
    }

    private static DateTimeOffset Utc(int month, int day, int hour, int minute = 0) => new(2026, month, day, hour, minute, 0, TimeSpan.Zero);

    private static DateTimeOffset At(double hours) => Utc(3, 2, 8).AddHours(hours);

    private Task<Booked?> BookAsync(Guid person, Guid instrument, double from, double until) => Desk.BookAsync(person, new NewBooking([instrument], At(from), At(until), "work"), Ct);

    private async Task MoveAsync(Guid person, Guid booking, double from, double until) =>
        Assert.Equal(Change.Done, await Desk.MoveAsync(person, booking, At(from), At(until), (await Calendar.FindAsync(person, booking, Ct))!.Version, Ct));

    private async Task<IReadOnlyList<BookingRow>> WeekAsync(Guid person, Guid lab) => (await Calendar.ListAsync(person, lab, At(0), At(168), Ct))!;

    private async Task<(Guid Ada, Guid Mia, Guid Lab, Guid Tem, Guid Fib)> SceneAsync()
    {
        var (ada, mia) = (await database.Scene.PersonAsync("Ada"), await database.Scene.PersonAsync("Mia"));
        var lab = await database.Scene.LabAsync((ada, LabRole.Owner), (mia, LabRole.Member));
        return (ada, mia, lab, await database.Scene.InstrumentAsync(lab), await database.Scene.InstrumentAsync(lab, "FIB 1"));
    }
}
