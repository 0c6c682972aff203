namespace CryoHub.Platform.Datasets;

/// <summary>One step from the project down to the data set.</summary>
public sealed record Crumb(string Name, string Href);
