using CryoHub.Platform.Facility;

namespace CryoHub.Web.Features.Facility;

/// <summary>What the booking form holds: a day and an hour on the lab's wall clock, and how long.</summary>
public sealed class BookingDraft
{
    public HashSet<Guid> Instruments { get; } = [];

    public DateOnly Day { get; set; }

    public TimeOnly Start { get; set; } = new(9, 0);

    public double Hours { get; set; } = 4;

    /// <summary>Where the clock shows the beginning twice that night: the second time.</summary>
    public bool IsSecond { get; set; }

    public string Purpose { get; set; } = "";

    public Guid? ForLab { get; set; }

    public bool IsMaintenance { get; set; }

    /// <summary>"", "1 day", "1 week", "2 week".</summary>
    public string Repeat { get; set; } = "";

    public int Times { get; set; } = 4;

    public DateTime Wall => Day.ToDateTime(Start);

    public void Take(LabZone zone, DateTimeOffset from, DateTimeOffset until)
    {
        var wall = zone.At(from);
        (Day, Start, Hours) = (DateOnly.FromDateTime(wall.DateTime), TimeOnly.FromDateTime(wall.DateTime), (until - from).TotalHours);
        IsSecond = zone.Moments(wall.DateTime) is [_, var second] && second == from;
    }

    public NewBooking ToBooking(LabZone zone)
    {
        var from = zone.Moment(Wall, IsSecond);
        var repeat = Repeat.Split(' ') is [var every, var unit] ? new Repetition(unit == "day" ? RepeatUnit.Day : RepeatUnit.Week, int.Parse(every, System.Globalization.CultureInfo.InvariantCulture), Times) : null;
        return new NewBooking([.. Instruments], from, from.AddHours(double.IsFinite(Hours) ? Math.Clamp(Hours, 0, 10_000) : 0), Purpose, ForLab, IsMaintenance ? BookingKind.Maintenance : BookingKind.Use, repeat);
    }
}
