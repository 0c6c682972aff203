namespace CryoHub.Platform.Facility;

/// <param name="Reason">Needed for a no.</param>
public sealed record Decision(bool IsConfirmed, string? Reason = null);
