namespace CryoHub.Platform.Facility;

/// <param name="Name">As calendar programs title it.</param>
public sealed record FeedContent(string Name, IReadOnlyList<BookingRow> Bookings);
