using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Facility;
using CryoHub.Platform.Labs;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Facility;

public sealed class InstrumentTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset March = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private InstrumentCatalog Catalog => database.Get<InstrumentCatalog>();

    private CalibrationBook Book => database.Get<CalibrationBook>();

    private QualificationRoll Roll => database.Get<QualificationRoll>();

    private DowntimeLog Downtimes => database.Get<DowntimeLog>();

    [Fact]
    public async Task The_calibration_of_a_day_is_the_last_one_that_had_begun()
    {
        var (ada, _, instrument) = await LabAsync();
        foreach (var (pixel, month) in ((string, int)[])[("0.0352 nm", 0), ("35.6 pm", 2), ("0.0349 nm", 4)])
        {
            Assert.NotNull(await Book.AddAsync(ada, instrument, new CalibrationText(50_000, pixel, March.AddMonths(month), "TEM", "K3"), Ct));
        }

        await Book.AddAsync(ada, instrument, new CalibrationText(80_000, "0.0220 nm", March, "TEM", "K3"), Ct);
        Assert.Equal([("0.0352 nm", 50_000), ("0.0220 nm", 80_000)], await InForceAsync(ada, instrument, March.AddMonths(1)));
        Assert.Equal([("35.6 pm", 50_000), ("0.0220 nm", 80_000)], await InForceAsync(ada, instrument, March.AddMonths(2)));
        Assert.Empty(await InForceAsync(ada, instrument, March.AddDays(-1)));
        var history = (await Book.ListAsync(ada, instrument, null, Ct))!;
        Assert.Equal([null, March.AddMonths(4), March.AddMonths(2), null], history.Select(row => row.ValidUntil));
        Assert.Equal(3.56e-11, history[1].PixelMetres, 1e-15);   // 35.6 pm, beyond rounding of a double

        Assert.Equal(Change.Done, await Book.WithdrawAsync(ada, history[1].Id, Ct));   // a mistyped one: the one before is in force again
        Assert.Equal([("0.0352 nm", 50_000), ("0.0220 nm", 80_000)], await InForceAsync(ada, instrument, March.AddMonths(2)));
    }

    [Theory]
    [InlineData("5 keV", 50_000, "expected a length")]
    [InlineData("2 m", 50_000, "0.1 pm and 1 mm")]
    [InlineData("-1 nm", 50_000, "")]
    [InlineData("0.1 nm", 0, "magnification of 0")]
    [InlineData("0.1 nm", double.NaN, "magnification of NaN")]
    public async Task What_no_pixel_can_be_is_refused(string pixel, double magnification, string words)
    {
        var (ada, _, instrument) = await LabAsync();
        var refused = await Assert.ThrowsAsync<ProblemException>(() => Book.AddAsync(ada, instrument, new CalibrationText(magnification, pixel, March), Ct));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_qualified_sees_the_instrument_of_another_lab_until_it_is_withdrawn()
    {
        var (ada, lab, instrument) = await LabAsync();
        var ruth = await database.Scene.PersonAsync("Ruth");
        var mail = await database.Scene.ReadAsync(db => db.Users.Where(u => u.Id == ruth).Select(u => u.Email!).SingleAsync(Ct));
        var refused = await Assert.ThrowsAsync<ProblemException>(() => Roll.GrantAsync(ada, instrument, new GrantQualification(mail), Ct));
        var nobody = await Assert.ThrowsAsync<ProblemException>(() => Roll.GrantAsync(ada, instrument, new GrantQualification("nobody@example.org"), Ct));
        Assert.Equal(nobody.Message, refused.Message);   // nobody can ask the site who is on it

        var hers = await database.Scene.LabAsync((ruth, LabRole.Member));
        await database.Scene.ShareAsync(await database.Scene.ProjectAsync(lab), ProjectRole.Viewer, labId: hers);
        Assert.Null(await Catalog.FindAsync(ruth, instrument, Ct));
        var first = await Roll.GrantAsync(ada, instrument, new GrantQualification(mail, QualificationLevel.Training), Ct);
        Assert.NotNull(await Roll.GrantAsync(ada, instrument, new GrantQualification(mail.ToUpperInvariant(), QualificationLevel.Independent), Ct));   // takes the place of the first
        Assert.Equal(QualificationLevel.Independent, (await Catalog.FindAsync(ruth, instrument, Ct))!.MyLevel);
        Assert.Equal(instrument, Assert.Single((await Catalog.ListAsync(ruth, null, PageRequest.First, Ct))!.Items).Id);
        Assert.Equal("Ruth", Assert.Single((await Roll.ListAsync(ruth, instrument, PageRequest.First, Ct))!.Items).Name);
        Assert.Equal(Change.Absent, await Roll.WithdrawAsync(ada, first!.Value, Ct));
        var current = Assert.Single((await Roll.ListAsync(ada, instrument, PageRequest.First, Ct))!.Items);
        await Assert.ThrowsAsync<ProblemException>(() => Roll.WithdrawAsync(ruth, current.Id, Ct));   // sees it, manages nothing
        Assert.Equal(Change.Done, await Roll.WithdrawAsync(ada, current.Id, Ct));
        Assert.Null(await Catalog.FindAsync(ruth, instrument, Ct));
        Assert.Null(await Catalog.ListAsync(ruth, lab, PageRequest.First, Ct));
    }

    [Fact]
    public async Task A_qualification_that_has_run_out_still_shows_the_instrument_but_qualifies_nobody()
    {
        var (_, _, instrument) = await LabAsync();
        var ruth = await database.Scene.PersonAsync("Ruth");
        await database.Scene.QualificationAsync(instrument, ruth, until: March.AddMonths(1));
        Assert.Null((await Catalog.FindAsync(ruth, instrument, Ct))!.MyLevel);
    }

    [Fact]
    public async Task An_instrument_is_down_once_at_a_time_and_comes_back_with_its_remedy()
    {
        var (ada, _, instrument) = await LabAsync();
        var now = TimeProvider.System.GetUtcNow();
        var id = (await Downtimes.RecordAsync(ada, instrument, new RecordDowntime("Gun", now.AddHours(-3)), Ct))!.Value;
        Assert.NotNull((await Catalog.FindAsync(ada, instrument, Ct))!.DownSince);
        Assert.Contains("already", (await Assert.ThrowsAsync<ProblemException>(() => Downtimes.RecordAsync(ada, instrument, new RecordDowntime("Chiller", now.AddHours(-1)), Ct))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ProblemException>(() => Downtimes.EndAsync(ada, id, new EndDowntime("", now.AddHours(-4)), Ct));   // before it began
        Assert.Equal(Change.Done, await Downtimes.EndAsync(ada, id, new EndDowntime("New gun", now.AddHours(-1)), Ct));
        Assert.Null((await Catalog.FindAsync(ada, instrument, Ct))!.DownSince);
        Assert.NotNull(await Downtimes.RecordAsync(ada, instrument, new RecordDowntime("Chiller", now.AddHours(-1)), Ct));   // begins the moment the other ended
        await Assert.ThrowsAsync<ProblemException>(() => Downtimes.RecordAsync(ada, instrument, new RecordDowntime("Planned", now.AddDays(1)), Ct));
    }

    [Fact]
    public async Task What_is_out_of_use_is_not_changed_and_its_name_is_free()
    {
        var (ada, lab, instrument) = await LabAsync();
        await Assert.ThrowsAsync<ProblemException>(() => Catalog.AddAsync(ada, lab, new InstrumentText("TEM 1"), Ct));
        await Assert.ThrowsAsync<ProblemException>(() => Catalog.AddAsync(ada, lab, new InstrumentText("TEM 3", Capabilities: ["telepathy"]), Ct));
        var seen = (await Catalog.FindAsync(ada, instrument, Ct))!;
        Assert.Equal(Change.Done, await Catalog.EditAsync(ada, instrument, new InstrumentText("TEM 1", "300 kV", Capabilities: ["eels"]), seen.Version, Ct));
        Assert.Equal(Change.Conflict, await Catalog.EditAsync(ada, instrument, new InstrumentText("TEM 8"), seen.Version, Ct));   // somebody was faster
        Assert.Equal(Change.Done, await Catalog.RetireAsync(ada, instrument, (await Catalog.FindAsync(ada, instrument, Ct))!.Version, Ct));
        Assert.Contains("out of use", (await Assert.ThrowsAsync<ProblemException>(() => Book.AddAsync(ada, instrument, new CalibrationText(1000, "1 nm", March), Ct))).Message, StringComparison.Ordinal);
        Assert.NotNull(await Catalog.AddAsync(ada, lab, new InstrumentText("TEM 1"), Ct));
        Assert.Single((await Catalog.ListAsync(ada, lab, PageRequest.First, Ct))!.Items);
    }

    [Fact]
    public async Task What_hangs_on_an_instrument_is_in_the_audit_log_of_its_lab()
    {
        var (ada, lab, instrument) = await LabAsync();
        await Book.AddAsync(ada, instrument, new CalibrationText(50_000, "0.2 nm", March), Ct);
        await Downtimes.RecordAsync(ada, instrument, new RecordDowntime("Gun"), Ct);
        var tables = await database.Scene.ReadAsync(db => db.Audit.Where(entry => entry.LabId == lab && entry.UserId == ada).Select(entry => entry.TableName).Order().ToListAsync(Ct));
        Assert.Equal(["calibrations", "downtimes"], tables);
    }

    private async Task<List<(string Pixel, int Magnification)>> InForceAsync(Guid person, Guid instrument, DateTimeOffset at) =>
        [.. (await Book.ListAsync(person, instrument, at, Ct))!.Select(row => (row.Pixel, (int)row.Magnification))];

    private async Task<(Guid Ada, Guid Lab, Guid Instrument)> LabAsync()
    {
        var ada = await database.Scene.PersonAsync("Ada");
        var lab = await database.Scene.LabAsync((ada, LabRole.Owner));
        return (ada, lab, await database.Scene.InstrumentAsync(lab));
    }
}
