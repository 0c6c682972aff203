namespace CryoHub.Platform.Facility;

/// <param name="Remedy">What was done.</param>
/// <param name="Until">Now where left out.</param>
public sealed record EndDowntime(string Remedy, DateTimeOffset? Until = null);
