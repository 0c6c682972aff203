namespace CryoHub.Platform.Samples;

/// <summary>All that people say about a sample; an edit replaces all of it.</summary>
public sealed record SampleText(
    SampleKind Kind, string Name, Guid? ParentId = null, string? Metal = null, string? Notes = null, IReadOnlyDictionary<string, string>? Fields = null);
