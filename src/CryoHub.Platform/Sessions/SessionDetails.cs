namespace CryoHub.Platform.Sessions;

/// <param name="BookingId">Of which it was made.</param>
/// <param name="ClockOffsetSeconds">By how much the computer's clock was ahead; its files are dated by what the file says minus this.</param>
public sealed record SessionDetails(
    Guid Id, Guid ProjectId, string ProjectName, string Name, string Instrument, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, Guid? BookingId, double? ClockOffsetSeconds, string Notes, int Datasets, bool CanEdit, uint Version);
