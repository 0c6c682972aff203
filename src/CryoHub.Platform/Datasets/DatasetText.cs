namespace CryoHub.Platform.Datasets;

/// <summary>All that people say about a data set; an edit replaces all of it. What the file says cannot be edited.</summary>
public sealed record DatasetText(string Name, string? Notes = null, Guid? SampleId = null, Guid? SessionId = null);
