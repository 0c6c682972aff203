using System.Text.Json;

namespace CryoHub.Platform.Recipes;

/// <summary>A recipe and its parameters.</summary>
public sealed record RecipeDetails(RecipeRow Recipe, JsonElement Parameters);
