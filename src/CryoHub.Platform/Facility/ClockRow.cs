namespace CryoHub.Platform.Facility;

public sealed record ClockRow(Guid Id, DateTimeOffset At, double OffsetSeconds, bool IsWrong, string Notes, string RecordedBy);
