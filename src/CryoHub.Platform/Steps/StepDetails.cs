using CryoHub.Platform.Samples;

namespace CryoHub.Platform.Steps;

/// <param name="Title">Title of the kind.</param>
/// <param name="CorrectedBy">The newest step that corrects this one.</param>
public sealed record StepDetails(
    Guid Id, Guid ProjectId, string Kind, string Title, DateTimeOffset StartedAt, DateTimeOffset EndedAt, string Person, string Place, string Device, string Notes, string Deviation,
    IReadOnlyDictionary<string, StepValue> Values, IReadOnlyList<SampleLink> Subjects, IReadOnlyList<SampleLink> Products, IReadOnlyList<DatasetLink> Datasets,
    Guid? CorrectsId, Guid? CorrectedBy, DateTimeOffset? SignedAt, string SignedBy, bool CanEdit, uint Version);
