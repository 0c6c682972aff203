using CryoHub.Imaging;
using CryoHub.Platform.Facility;
using CryoHub.Platform.Labs;
using CryoHub.TestKit;

namespace CryoHub.Platform.Tests.Facility;

/// <summary>Expected hours and costs are worked out by hand beside each number. The clock stands at 2 March 2026, 08:00 UTC.</summary>
public sealed class UsageTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly ManualClock clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private UsageReports Reports => new(database, clock);

    private RateBook Rates => new(database, clock);

    [Fact]
    public async Task A_month_adds_up_what_was_used_at_the_rate_of_its_day()
    {
        var s = await SceneAsync();
        await database.Get<LabZones>().SetAsync(s.Ada, s.Lab, "Europe/Berlin", Ct);   // February is 31 January 23:00 to 28 February 23:00 UTC
        await Rates.SetAsync(s.Ada, s.Tem, new SetRate(90, "EUR", Utc(1, 1, 0)), Ct);
        await Rates.SetAsync(s.Ada, s.Tem, new SetRate(100.50m, "eur", Utc(2, 15, 0)), Ct);
        await BookAsync(s.Tem, s.Lab, s.Ada, Utc(1, 31, 21), 4);                          // 2 of its 4 h are February's: 2 x 90.00 = 180.00
        await BookAsync(s.Tem, s.Lab, s.Ada, Utc(2, 14, 22), 4);                          // begins before the new rate: 4 x 90.00 = 360.00
        await BookAsync(s.Tem, s.Lab, s.Ada, Utc(2, 20, 8), 1.0 / 3);                     // 20 min x 100.50 = 33.50
        await BookAsync(s.Tem, s.Other, s.Ruth, Utc(2, 21, 8), 2);                        // 2 x 100.50 = 201.00
        await BookAsync(s.Fib, s.Lab, s.Ada, Utc(2, 22, 8), 5);                           // no rate
        await BookAsync(s.Tem, s.Lab, s.Ada, Utc(2, 23, 8), 9, BookingState.Cancelled);   // held no time
        await BookAsync(s.Tem, s.Lab, s.Ada, Utc(2, 24, 8), 6, kind: BookingKind.Maintenance);
        var report = (await Reports.ReadAsync(s.Ada, s.Lab, 2026, 2, UsageSide.Instruments, Ct))!;
        Assert.True(report.IsWholeMonth);
        Assert.Equal(
            [
                ("Lab", "FIB 1", BookingKind.Use, 1, 5.0, null), ("Lab", "TEM 1", BookingKind.Use, 3, 6.3333, 573.50m), ("Lab", "TEM 1", BookingKind.Maintenance, 1, 6.0, 0m), ("Other", "TEM 1", BookingKind.Use, 1, 2.0, 201m),
            ],
            report.Lines.Select(line => (line.Lab, line.Instrument, line.Kind, line.Bookings, Math.Round(line.Hours, 4), line.Cost)));
        Assert.Equal([("EUR", 774.50m)], report.Totals);
        Assert.StartsWith("lab,instrument,kind,bookings,hours,cost,currency\nLab,FIB 1,use,1,5,,\nLab,TEM 1,use,3,6.33,573.50,EUR\n", report.ToCsv(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_month_that_lasts_counts_until_now_and_downtime_is_told()
    {
        var s = await SceneAsync();
        await database.Scene.DowntimeAsync(s.Fib, Utc(2, 27, 12));
        await BookAsync(s.Tem, s.Lab, s.Ada, Utc(3, 2, 6), 8);   // 2 of its 8 h have passed
        var march = (await Reports.ReadAsync(s.Ada, s.Lab, 2026, 3, UsageSide.Instruments, Ct))!;
        Assert.False(march.IsWholeMonth);
        Assert.Equal(2, Assert.Single(march.Lines).Hours, 1e-9);
        Assert.Equal(("FIB 1", 32.0), Assert.Single(march.Downtime.Select(down => (down.Instrument, down.Hours))));   // 1 March 00:00 to 2 March 08:00
        Assert.Equal(36, Assert.Single((await Reports.ReadAsync(s.Ada, s.Lab, 2026, 2, UsageSide.Instruments, Ct))!.Downtime).Hours, 1e-9);   // 27 February 12:00 to the end of the 28th
    }

    [Fact]
    public async Task A_lab_sees_what_it_is_charged_and_nothing_of_others()
    {
        var s = await SceneAsync();
        await Rates.SetAsync(s.Ada, s.Tem, new SetRate(10, "CHF", Utc(1, 1, 0)), Ct);
        await BookAsync(s.Tem, s.Lab, s.Ada, Utc(2, 3, 8), 3);
        await BookAsync(s.Tem, s.Other, s.Ruth, Utc(2, 4, 8), 2);
        var charged = (await Reports.ReadAsync(s.Ruth, s.Other, 2026, 2, UsageSide.Charged, Ct))!;
        Assert.Equal([("TEM 1", 20m, "CHF")], charged.Lines.Select(line => (line.Instrument, line.Cost!.Value, line.Currency)));
        Assert.Empty((await Reports.ReadAsync(s.Ruth, s.Other, 2026, 2, UsageSide.Instruments, Ct))!.Lines);
        Assert.Null(await Reports.ReadAsync(s.Ruth, s.Lab, 2026, 2, UsageSide.Instruments, Ct));
    }

    [Theory]
    [InlineData("-1", "EUR")]
    [InlineData("1.005", "EUR")]
    [InlineData("1", "Euro")]
    [InlineData("1", "€€€")]
    public async Task What_is_no_rate_is_refused(string amount, string currency)
    {
        var s = await SceneAsync();
        var wanted = new SetRate(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency, Utc(1, 1, 0));
        await Assert.ThrowsAsync<ProblemException>(() => Rates.SetAsync(s.Ada, s.Tem, wanted, Ct));
    }

    [Fact]
    public void Names_that_a_spreadsheet_would_calculate_are_words()
    {
        var line = new UsageLine("=cmd()", "A, \"B\"", BookingKind.Use, 1, 1, 1, "EUR");
        var report = new UsageReport(Guid.Empty, "Lab", UsageSide.Instruments, "Etc/UTC", Utc(2, 1, 0), Utc(3, 1, 0), true, [line], []);
        Assert.Contains("\n'=cmd(),\"A, \"\"B\"\"\",use,1,1,1,EUR\n", report.ToCsv(), StringComparison.Ordinal);
    }

    private static DateTimeOffset Utc(int month, int day, int hour) => new(2026, month, day, hour, 0, 0, TimeSpan.Zero);

    private Task<Guid> BookAsync(Guid instrument, Guid lab, Guid person, DateTimeOffset from, double hours, BookingState state = BookingState.Confirmed, BookingKind kind = BookingKind.Use) =>
        database.Scene.BookingAsync(instrument, lab, person, from, state, hours, kind);

    private async Task<(Guid Ada, Guid Ruth, Guid Lab, Guid Other, Guid Tem, Guid Fib)> SceneAsync()
    {
        var (ada, ruth) = (await database.Scene.PersonAsync("Ada"), await database.Scene.PersonAsync("Ruth"));
        var (lab, other) = (await database.Scene.LabAsync((ada, LabRole.Owner)), await database.Scene.LabAsync((ruth, LabRole.Owner)));
        var directory = database.Get<LabDirectory>();
        await directory.RenameAsync(ruth, other, "Other", (await directory.FindAsync(ruth, other, Ct))!.Version, Ct);
        return (ada, ruth, lab, other, await database.Scene.InstrumentAsync(lab), await database.Scene.InstrumentAsync(lab, "FIB 1"));
    }
}
