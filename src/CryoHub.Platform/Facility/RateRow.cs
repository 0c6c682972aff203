namespace CryoHub.Platform.Facility;

public sealed record RateRow(Guid Id, decimal PerHour, string Currency, DateTimeOffset ValidFrom);
