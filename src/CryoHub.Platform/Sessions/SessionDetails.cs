namespace CryoHub.Platform.Sessions;

public sealed record SessionDetails(
    Guid Id, Guid ProjectId, string ProjectName, string Name, string Instrument, DateTimeOffset? StartedAt, string Notes, int Datasets, bool CanEdit, uint Version);
