namespace CryoHub.Platform.Facility;

/// <param name="IsWrong">More than a minute: it should be set. Files are put right all the same.</param>
public sealed record ClockAnswer(Guid Id, double OffsetSeconds, bool IsWrong);
