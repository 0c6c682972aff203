namespace CryoHub.Platform.Sessions;

public sealed record SessionRow(Guid Id, string Name, string Instrument, DateTimeOffset? StartedAt, int Datasets);
