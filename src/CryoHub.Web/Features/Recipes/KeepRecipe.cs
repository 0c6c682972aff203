using System.Text.Json.Nodes;

namespace CryoHub.Web.Features.Recipes;

/// <summary>Parameters of an analysis to keep under a name.</summary>
public sealed record KeepRecipe(string Analysis, string Name, JsonObject? Parameters);
