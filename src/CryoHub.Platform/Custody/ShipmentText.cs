namespace CryoHub.Platform.Custody;

/// <summary>All that the sender says about a shipment; an edit replaces all of it but the labs.</summary>
/// <param name="Hazards">Keys of <see cref="HazardClass"/>; at least one.</param>
/// <param name="ToLabId">A lab that one knows; <c>null</c> where it goes to <paramref name="ToOutside"/>.</param>
/// <param name="ToOutside">Who and where, for a place that has no lab here.</param>
/// <param name="Hold">How long the container stays cold after filling, for instance "7 d".</param>
public sealed record ShipmentText(
    Guid? ToLabId, string Title, IReadOnlyList<string> Hazards, IReadOnlyList<Guid> Samples, string? Container = null, string? Carrier = null, string? Notes = null, DateTimeOffset? FilledAt = null,
    string? Hold = null, string? ToOutside = null);
