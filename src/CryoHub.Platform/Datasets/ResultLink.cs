namespace CryoHub.Platform.Datasets;

/// <summary>A result by its title; without an id where it lies in the trash.</summary>
public sealed record ResultLink(Guid? Id, string Title);
