namespace CryoHub.Platform.Samples;

/// <param name="Chain">From the outermost ancestor down to the parent.</param>
public sealed record SampleDetails(
    Guid Id, Guid ProjectId, string ProjectName, Guid? ParentId, SampleKind Kind, string Name, string Metal, string Notes,
    IReadOnlyDictionary<string, string> Fields, IReadOnlyList<SampleLink> Chain, int Children, int Datasets, bool CanEdit, uint Version);
