using CryoHub.Platform.Access;

namespace CryoHub.Platform.Projects;

public sealed record ProjectDetails(
    Guid Id, string Name, string Notes, Guid LabId, string LabName, ProjectRole Role, long? QuotaBytes, long UsedBytes, long? LabQuotaBytes,
    int Samples, int Sessions, int Datasets, DateTimeOffset CreatedAt, uint Version);
