using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Facility;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Sessions;
using CryoHub.TestKit;

namespace CryoHub.Platform.Tests.Facility;

/// <summary>O13. The clock stands at 2 March 2026, 08:00 UTC; the booking is 06:00 to 10:00.</summary>
public sealed class SessionOfBookingTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Six = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    private readonly ManualClock clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private SessionBuilder Builder => new(database, clock);

    private ClockLog Clocks => new(database, clock);

    [Fact]
    public async Task A_clock_forty_minutes_wrong_is_noticed_and_its_files_come_into_their_session()
    {
        var s = await SceneAsync();
        var answer = (await Clocks.CheckAsync(s.Ada, s.Tem, new ClockReading(clock.GetUtcNow().AddMinutes(40)), Ct))!;
        Assert.Equal((2400.0, true), (answer.OffsetSeconds, answer.IsWrong));
        // As the file says; the truth is 40 minutes earlier.
        var first = await FileAsync(s.Project, "at the beginning", Six.AddMinutes(41));
        var last = await FileAsync(s.Project, "at the end", Six.AddMinutes(240 + 39));
        await FileAsync(s.Project, "of the session before", Six.AddMinutes(39));
        await FileAsync(s.Project, "of the session after", Six.AddMinutes(240 + 41));
        await FileAsync(s.Project, "without a time", null);

        var proposal = (await Builder.ProposeAsync(s.Ada, s.Booking, s.Project, Ct))!;
        Assert.Equal([(first, Six.AddMinutes(1)), (last, Six.AddMinutes(239))], proposal.Files.Select(file => (file.DatasetId, file.CorrectedAt)));
        var session = (await Builder.BuildAsync(s.Ada, s.Booking, s.Project, Ct))!.Value;
        var made = (await database.Get<SessionCatalog>().FindAsync(s.Ada, session, Ct))!;
        Assert.Equal((2, 2400.0, Six, Six.AddHours(4), s.Booking), (made.Datasets, made.ClockOffsetSeconds!.Value, made.StartedAt!.Value, made.EndedAt!.Value, made.BookingId!.Value));   // the correction is on the record
        Assert.Equal("TEM 1, 2 Mar 2026 06:00, work", made.Name);
        Assert.Equal(Six.AddMinutes(41), (await database.Get<DatasetCatalog>().FindAsync(s.Ada, first, Ct))!.AcquiredAt);   // the file's own time stays

        var late = await FileAsync(s.Project, "came later", Six.AddMinutes(100));
        Assert.Equal(session, await Builder.BuildAsync(s.Ada, s.Booking, s.Project, Ct));
        Assert.Contains((await Builder.ProposeAsync(s.Ada, s.Booking, s.Project, Ct))!.Files, file => file.DatasetId == late && file.IsIn);
    }

    [Fact]
    public async Task The_check_made_during_the_session_counts_else_the_nearest()
    {
        var s = await SceneAsync();
        Assert.Null((await Builder.ProposeAsync(s.Ada, s.Booking, s.Project, Ct))!.ClockOffsetSeconds);
        clock.Advance(TimeSpan.FromHours(20));
        await Clocks.CheckAsync(s.Ada, s.Tem, new ClockReading(OffsetSeconds: 90), Ct);   // 18 h after the end
        Assert.Equal(90, (await Builder.ProposeAsync(s.Ada, s.Booking, s.Project, Ct))!.ClockOffsetSeconds);
        clock.Advance(TimeSpan.FromHours(-30));
        await Clocks.CheckAsync(s.Ada, s.Tem, new ClockReading(OffsetSeconds: 70), Ct);   // 8 h before the beginning
        Assert.Equal(70, (await Builder.ProposeAsync(s.Ada, s.Booking, s.Project, Ct))!.ClockOffsetSeconds);
        clock.Advance(TimeSpan.FromHours(9));
        await Clocks.CheckAsync(s.Ada, s.Tem, new ClockReading(OffsetSeconds: -5), Ct);   // an hour into it
        Assert.Equal(-5, (await Builder.ProposeAsync(s.Ada, s.Booking, s.Project, Ct))!.ClockOffsetSeconds);
    }

    [Fact]
    public async Task Files_of_another_session_stay_there_and_pictures_of_results_were_not_measured()
    {
        var s = await SceneAsync();
        var other = await database.Scene.SessionAsync(s.Project);
        await FileAsync(s.Project, "elsewhere", Six.AddHours(1), dataset => dataset.SessionId = other);
        var proposal = (await Builder.ProposeAsync(s.Ada, s.Booking, s.Project, Ct))!;
        Assert.Equal((0, 1), (proposal.Files.Count, proposal.Elsewhere));
        await Builder.BuildAsync(s.Ada, s.Booking, s.Project, Ct);
        Assert.Equal(1, (await database.Get<SessionCatalog>().FindAsync(s.Ada, other, Ct))!.Datasets);
    }

    [Fact]
    public async Task Nobody_builds_on_somebody_elses_booking_or_into_a_project_that_they_only_see()
    {
        var s = await SceneAsync();
        var ruth = await database.Scene.PersonAsync("Ruth");
        var hers = await database.Scene.ProjectAsync(await database.Scene.LabAsync((ruth, LabRole.Owner)));
        Assert.Null(await Builder.ProposeAsync(ruth, s.Booking, hers, Ct));
        Assert.Null(await Builder.BuildAsync(ruth, s.Booking, hers, Ct));
        await database.Scene.QualificationAsync(s.Tem, ruth);   // now she sees that it is taken, no more
        Assert.Null(await Builder.ProposeAsync(ruth, s.Booking, hers, Ct));
        Assert.Null(await Builder.BuildAsync(s.Ada, s.Booking, hers, Ct));
        await database.Scene.ShareAsync(hers, ProjectRole.Viewer, s.Ada);
        await Assert.ThrowsAsync<ProblemException>(() => Builder.BuildAsync(s.Ada, s.Booking, hers, Ct));
    }

    [Fact]
    public async Task What_has_not_begun_is_no_session()
    {
        var s = await SceneAsync();
        var later = await database.Scene.BookingAsync(s.Tem, s.Lab, s.Ada, clock.GetUtcNow().AddDays(1));
        Assert.Contains("has begun", (await Assert.ThrowsAsync<ProblemException>(() => Builder.BuildAsync(s.Ada, later, s.Project, Ct))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1e9)]
    [InlineData(null)]
    public async Task A_reading_that_cannot_be_is_refused(double? seconds)
    {
        var s = await SceneAsync();
        await Assert.ThrowsAsync<ProblemException>(() => Clocks.CheckAsync(s.Ada, s.Tem, new ClockReading(OffsetSeconds: seconds), Ct));
    }

    private Task<Guid> FileAsync(Guid project, string name, DateTimeOffset? at, Action<Dataset>? also = null) => database.Scene.DatasetAsync(project, name, also: dataset =>
    {
        dataset.AcquiredAt = at;
        also?.Invoke(dataset);
    });

    private async Task<(Guid Ada, Guid Lab, Guid Project, Guid Tem, Guid Booking)> SceneAsync()
    {
        var ada = await database.Scene.PersonAsync("Ada");
        var lab = await database.Scene.LabAsync((ada, LabRole.Owner));
        var tem = await database.Scene.InstrumentAsync(lab);
        return (ada, lab, await database.Scene.ProjectAsync(lab), tem, await database.Scene.BookingAsync(tem, lab, ada, Six, hours: 4));
    }
}
