namespace CryoHub.Platform.Facility;

/// <param name="State">Confirmed, or asked where a manager must say yes.</param>
public sealed record Booked(Guid GroupId, BookingState State, IReadOnlyList<Guid> Ids);
