namespace CryoHub.Platform.Custody;

/// <param name="ToLabId"><c>null</c> where it goes to a place without a lab here; <c>ToLab</c> then says who and where.</param>
/// <param name="ReceivedBy">Who took it there, as the sender was told.</param>
/// <param name="Warmest">Warmest reading on the way, as typed.</param>
/// <param name="IsLate">True where it was, or is, on its way longer than the container holds.</param>
/// <param name="MayChange">True while it is packed and the person may change or send it.</param>
/// <param name="MayCheckIn">True while it is on its way and the person may check it in.</param>
public sealed record ShipmentDetails(
    Guid Id, Guid FromLabId, string FromLab, Guid? ToLabId, string ToLab, string Title, IReadOnlyList<HazardClass> Hazards, string Container, string Carrier, string Notes, DateTimeOffset? FilledAt,
    string Hold, DateTimeOffset? HoldsUntil, ShipmentState State, DateTimeOffset? SentAt, string SentBy, DateTimeOffset? ArrivedAt, string ArrivedBy, string ReceivedBy, string Warmest, string ArrivalNotes,
    IReadOnlyList<PackedItem> Items, bool IsLate, bool MayChange, bool MayCheckIn, uint Version);
