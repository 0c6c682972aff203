namespace CryoHub.Platform.Datasets;

public sealed record DatasetDetails(
    Guid Id, string Name, Guid ProjectId, string ProjectName, Guid? SampleId, Guid? SessionId, DatasetStatus Status, string Format, string Problem, string Notes,
    string Kind, double? BeamEnergyKeV, IReadOnlyList<string> Elements, DateTimeOffset? AcquiredAt, long SizeBytes, DateTimeOffset CreatedAt, string CreatedBy,
    IReadOnlyList<Crumb> Breadcrumb, IReadOnlyList<SignalRow> Signals, IReadOnlyList<FileRow> Files, bool CanEdit, uint Version);
