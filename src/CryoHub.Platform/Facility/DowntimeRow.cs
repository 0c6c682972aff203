namespace CryoHub.Platform.Facility;

public sealed record DowntimeRow(Guid Id, string Cause, DateTimeOffset Since, DateTimeOffset? Until, DateTimeOffset? ExpectedUntil, string Remedy, string RecordedBy);
