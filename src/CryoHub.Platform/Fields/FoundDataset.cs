using CryoHub.Platform.Samples;

namespace CryoHub.Platform.Fields;

/// <summary>A data set in scope, with what its own row and its sample's say.</summary>
internal sealed record FoundDataset(
    Guid Id, string Name, string Project, string Kind, string Format, string[] Elements, double? BeamEnergyKeV, long SizeBytes, DateTimeOffset? AcquiredAt, DateTimeOffset CreatedAt, bool IsTruth,
    Guid? SampleId, string? SampleName, SampleKind? SampleKind, string? Metal);
