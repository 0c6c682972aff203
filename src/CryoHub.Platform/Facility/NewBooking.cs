namespace CryoHub.Platform.Facility;

/// <param name="Instruments">All of them or none is booked.</param>
/// <param name="ForLabId">The lab that is charged; may be left out by who works in one lab only.</param>
public sealed record NewBooking(
    IReadOnlyList<Guid> Instruments, DateTimeOffset From, DateTimeOffset Until, string Purpose, Guid? ForLabId = null, BookingKind Kind = BookingKind.Use, Repetition? Repeat = null);
