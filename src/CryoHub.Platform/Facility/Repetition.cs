namespace CryoHub.Platform.Facility;

/// <summary>A series: the same hours of the wall clock every so many days or weeks.</summary>
/// <param name="Every">1 for every one, 2 for every other, up to 12.</param>
/// <param name="Times">How many in all, 2 to 60.</param>
public sealed record Repetition(RepeatUnit Unit, int Every, int Times)
{
    /// <summary>All stretches, the first included. The hours stay those of the wall clock, so a night in which it is changed is an hour shorter or longer.</summary>
    internal IEnumerable<(DateTimeOffset From, DateTimeOffset Until)> Of(DateTimeOffset from, DateTimeOffset until, LabZone zone)
    {
        var (start, end) = (zone.At(from).DateTime, zone.At(until).DateTime);
        yield return (from, until);
        for (var i = 1; i < Times; i++)
        {
            var days = i * Every * (Unit == RepeatUnit.Week ? 7 : 1);
            var begins = zone.MomentOrNext(start.AddDays(days)).ToUniversalTime();

            // A beginning that the clock leaves out moves on, and its end with it: else the hour would have no length.
            var ends = zone.Moments(start.AddDays(days)).Count == 0 ? begins + (end - start) : zone.MomentOrNext(end.AddDays(days)).ToUniversalTime();
            yield return (begins, ends);
        }
    }
}
