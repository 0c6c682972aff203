namespace CryoHub.Platform.Facility;

/// <param name="Currency">Three letters: EUR.</param>
public sealed record SetRate(decimal PerHour, string Currency, DateTimeOffset ValidFrom);
