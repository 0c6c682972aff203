using CryoHub.Imaging;
using NodaTime;

namespace CryoHub.Platform.Facility;

/// <summary>The time zone of a lab: from the clock on its wall to UTC and back, also in the nights in which that clock is changed. The zone's rules come with the software, not with the machine.</summary>
public sealed class LabZone
{
    private readonly DateTimeZone zone;

    private LabZone(DateTimeZone zone) => this.zone = zone;

    /// <summary>Every zone of the IANA database.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. DateTimeZoneProviders.Tzdb.Ids.Order(StringComparer.Ordinal)];

    public string Name => zone.Id;

    /// <exception cref="ProblemException">Invalid: no such zone.</exception>
    public static LabZone Of(string name) => new(
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) ?? throw new ProblemException(ProblemKind.Invalid, $"“{name}” is no time zone; expected a name such as Europe/Berlin."));

    /// <summary>The same moment with the wall clock's offset.</summary>
    public DateTimeOffset At(DateTimeOffset moment) => Instant.FromDateTimeOffset(moment).InZone(zone).ToDateTimeOffset();

    public DateOnly Day(DateTimeOffset moment) => DateOnly.FromDateTime(At(moment).DateTime);

    /// <summary>When the day begins: midnight, or the first moment after it where midnight is skipped.</summary>
    public DateTimeOffset StartOf(DateOnly day) => zone.AtStartOfDay(LocalDate.FromDateOnly(day)).ToDateTimeOffset().ToUniversalTime();

    /// <summary>How long the day is: 23 or 25 hours when the clock is changed.</summary>
    public TimeSpan LengthOf(DateOnly day) => StartOf(day.AddDays(1)) - StartOf(day);

    /// <summary>The moments at which the wall clock shows this; none in the hour that is left out, two in the one that comes twice.</summary>
    public IReadOnlyList<DateTimeOffset> Moments(DateTime wall)
    {
        var mapping = zone.MapLocal(LocalDateTime.FromDateTime(DateTime.SpecifyKind(wall, DateTimeKind.Unspecified)));
        return mapping.Count switch
        {
            0 => [],
            1 => [mapping.Single().ToDateTimeOffset()],
            _ => [mapping.First().ToDateTimeOffset(), mapping.Last().ToDateTimeOffset()],
        };
    }

    /// <summary>The moment at which the wall clock shows this; with <paramref name="second"/> the second one where the hour comes twice.</summary>
    /// <exception cref="ProblemException">Invalid: the clock never shows this time.</exception>
    public DateTimeOffset Moment(DateTime wall, bool second = false)
    {
        var moments = Moments(wall);
        if (moments.Count > 0)
        {
            return second ? moments[^1] : moments[0];
        }

        var mapping = zone.MapLocal(LocalDateTime.FromDateTime(DateTime.SpecifyKind(wall, DateTimeKind.Unspecified)));
        throw new ProblemException(
            ProblemKind.Invalid, $"{wall:d MMM yyyy HH:mm} does not exist in {Name}: the clock goes from {mapping.EarlyInterval.IsoLocalEnd:HH:mm} to {mapping.LateInterval.IsoLocalStart:HH:mm} that night.");
    }

    /// <summary>As <see cref="Moment"/>, moved on by what was left out where the clock skips this time: for series, which must not break.</summary>
    public DateTimeOffset MomentOrNext(DateTime wall) =>
        LocalDateTime.FromDateTime(DateTime.SpecifyKind(wall, DateTimeKind.Unspecified)).InZoneLeniently(zone).ToDateTimeOffset();

    /// <summary>First moment of a month, and of the next.</summary>
    public (DateTimeOffset From, DateTimeOffset Until) Month(int year, int month)
    {
        var first = new DateOnly(year, month, 1);
        return (StartOf(first), StartOf(first.AddMonths(1)));
    }
}
