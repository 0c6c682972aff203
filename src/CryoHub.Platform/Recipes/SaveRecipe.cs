namespace CryoHub.Platform.Recipes;

/// <summary>Parameters to keep under a name.</summary>
/// <param name="Parameters">JSON in canonical form.</param>
public sealed record SaveRecipe(string Analysis, int Version, string Name, string Parameters);
