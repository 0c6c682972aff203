namespace CryoHub.Web.Features.Facility;

/// <summary>What was drawn in the calendar: a new stretch, or where a booking was carried to.</summary>
public sealed record CalendarAct(Guid Instrument, DateTimeOffset From, DateTimeOffset Until, Guid? Booking);
