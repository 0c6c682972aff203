namespace CryoHub.Platform.Samples;

public sealed record SampleRow(Guid Id, Guid? ParentId, SampleKind Kind, string Name, string Metal, int Children, int Datasets);
