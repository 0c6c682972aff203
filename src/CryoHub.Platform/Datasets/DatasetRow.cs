namespace CryoHub.Platform.Datasets;

public sealed record DatasetRow(
    Guid Id, string Name, Guid ProjectId, string ProjectName, Guid? SampleId, string SampleName, Guid? SessionId, DatasetStatus Status, string Format, string Kind,
    double? BeamEnergyKeV, IReadOnlyList<string> Elements, DateTimeOffset? AcquiredAt, long SizeBytes, DateTimeOffset CreatedAt, string Problem, bool HasThumbnail, uint Version);
