namespace CryoHub.Platform.Facility;

/// <summary>What an instrument is kept for: somebody's work, or its own upkeep.</summary>
public enum BookingKind { Use, Maintenance }
