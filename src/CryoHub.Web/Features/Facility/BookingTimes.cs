namespace CryoHub.Web.Features.Facility;

public sealed record BookingTimes(DateTimeOffset From, DateTimeOffset Until);
