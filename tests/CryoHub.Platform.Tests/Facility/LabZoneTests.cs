using CryoHub.Imaging;
using CryoHub.Platform.Facility;

namespace CryoHub.Platform.Tests.Facility;

/// <summary>O11. Changes of the clock in 2026: Berlin 29 March 02:00 to 03:00 and 25 October 03:00 to 02:00 (EU directive 2000/84/EC: last Sundays, 01:00 UTC); Santiago skips midnight on 6 September.</summary>
public sealed class LabZoneTests
{
    private static readonly LabZone Berlin = LabZone.Of("Europe/Berlin");

    [Fact]
    public void An_hour_that_is_left_out_has_no_moment_and_says_so()
    {
        var wall = new DateTime(2026, 3, 29, 2, 30, 0);
        Assert.Empty(Berlin.Moments(wall));
        Assert.Equal("29 Mar 2026 02:30 does not exist in Europe/Berlin: the clock goes from 02:00 to 03:00 that night.", Assert.Throws<ProblemException>(() => Berlin.Moment(wall)).Message);
        Assert.Equal(Utc(2026, 3, 29, 1, 30), Berlin.MomentOrNext(wall));   // 03:30 on the wall
    }

    [Fact]
    public void An_hour_that_comes_twice_has_two_moments()
    {
        var wall = new DateTime(2026, 10, 25, 2, 30, 0);
        Assert.Equal([Utc(2026, 10, 25, 0, 30), Utc(2026, 10, 25, 1, 30)], Berlin.Moments(wall).Select(moment => moment.ToUniversalTime()));
        Assert.Equal(Utc(2026, 10, 25, 1, 30), Berlin.Moment(wall, second: true).ToUniversalTime());
    }

    [Theory]
    [InlineData("Europe/Berlin", 2026, 3, 29, 23)]
    [InlineData("Europe/Berlin", 2026, 10, 25, 25)]
    [InlineData("Europe/Berlin", 2028, 2, 29, 24)]
    [InlineData("Asia/Kolkata", 2026, 3, 29, 24)]
    [InlineData("America/Santiago", 2026, 9, 6, 23)]
    public void A_day_is_as_long_as_its_clock_says(string zone, int year, int month, int day, int hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), LabZone.Of(zone).LengthOf(new DateOnly(year, month, day)));

    [Fact]
    public void A_day_whose_midnight_is_left_out_begins_at_one() =>
        Assert.Equal(new DateTimeOffset(2026, 9, 6, 1, 0, 0, TimeSpan.FromHours(-3)), LabZone.Of("America/Santiago").StartOf(new DateOnly(2026, 9, 6)));

    [Fact]
    public void A_month_begins_and_ends_by_the_labs_clock() =>
        Assert.Equal((Utc(2026, 2, 28, 23, 0), Utc(2026, 3, 31, 22, 0)), Berlin.Month(2026, 3));

    [Fact]
    public void What_is_no_zone_is_refused() => Assert.Contains("“Mars/Olympus”", Assert.Throws<ProblemException>(() => LabZone.Of("Mars/Olympus")).Message, StringComparison.Ordinal);

    private static DateTimeOffset Utc(int year, int month, int day, int hour, int minute) => new(year, month, day, hour, minute, 0, TimeSpan.Zero);
}
