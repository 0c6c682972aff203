namespace CryoHub.Platform.Custody;

/// <param name="HoldsUntil">When it gets warm; <c>null</c> where nobody said.</param>
/// <param name="IsIncoming">True where it comes to the lab that was asked about.</param>
public sealed record ShipmentRow(
    Guid Id, string Title, string FromLab, string ToLab, ShipmentState State, int Items, DateTimeOffset? SentAt, DateTimeOffset? ArrivedAt, DateTimeOffset? HoldsUntil, bool IsIncoming);
