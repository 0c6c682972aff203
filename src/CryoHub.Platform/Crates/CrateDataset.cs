using CryoHub.Platform.Datasets;

namespace CryoHub.Platform.Crates;

/// <summary>A data set as a crate tells it.</summary>
internal sealed record CrateDataset(
    Guid Id, Guid ProjectId, string Name, string Kind, string Format, DatasetStatus Status, string Notes, Guid? SampleId, string? Session, Guid? ResultId, int? ResultItem, DateTimeOffset? AcquiredAt, DateTimeOffset CreatedAt,
    double? BeamEnergyKeV, IReadOnlyList<string> Elements, IReadOnlyList<FileRow> Files, IReadOnlyList<CrateSignal> Signals);
