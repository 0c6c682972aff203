using CryoHub.Platform.Access;

namespace CryoHub.Platform.Projects;

public sealed record ProjectRow(Guid Id, string Name, Guid LabId, string LabName, ProjectRole Role, int Datasets, long UsedBytes, DateTimeOffset CreatedAt);
