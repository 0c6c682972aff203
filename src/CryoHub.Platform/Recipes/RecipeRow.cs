namespace CryoHub.Platform.Recipes;

/// <summary>A recipe in a list.</summary>
/// <param name="SavedBy">Name of the person.</param>
public sealed record RecipeRow(Guid Id, string Analysis, int Version, string Name, Guid ProjectId, string ProjectName, string SavedBy, DateTimeOffset SavedAt, bool CanEdit);
