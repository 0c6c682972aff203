namespace CryoHub.Platform.Facility;

/// <param name="LabName">Whose instruments; <c>null</c> = the person's own bookings.</param>
public sealed record FeedRow(Guid Id, Guid? LabId, string? LabName, DateTimeOffset CreatedAt);
