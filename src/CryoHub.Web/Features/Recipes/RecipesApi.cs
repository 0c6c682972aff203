using CryoHub.Platform;
using CryoHub.Platform.Recipes;
using CryoHub.Web.Features.Analyses;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Recipes;

internal static class RecipesApi
{
    public static void MapRecipes(this IEndpointRouteBuilder routes)
    {
        var project = routes.MapGroup("/api/projects/{id:guid}/recipes").WithTags("Recipes").RequireAuthorization();
        project.MapGet("", ListAsync);
        project.MapPut("", SaveAsync);

        var recipe = routes.MapGroup("/api/recipes/{id:guid}").WithTags("Recipes").RequireAuthorization();
        recipe.MapGet("", FindAsync);
        recipe.MapDelete("", RemoveAsync);
    }

    private static Task<Results<Ok<Page<RecipeRow>>, NotFound>> ListAsync(Guid id, string? analysis, [AsParameters] PageQuery page, CurrentUser user, RecipeBook book, CancellationToken ct) =>
        book.ListAsync(user.Id, id, analysis, page, ct).OrNotFound();

    private static Task<Results<Ok<RecipeRow>, NotFound>> SaveAsync(Guid id, KeepRecipe body, CurrentUser user, AnalysisDesk desk, CancellationToken ct) =>
        desk.SaveRecipeAsync(user.Id, id, body.Analysis, body.Name, body.Parameters, ct).OrNotFound();

    private static Task<Results<Ok<RecipeDetails>, NotFound>> FindAsync(Guid id, CurrentUser user, RecipeBook book, CancellationToken ct) =>
        book.FindAsync(user.Id, id, ct).OrNotFound();

    private static Task<ChangeResult> RemoveAsync(Guid id, CurrentUser user, RecipeBook book, CancellationToken ct) =>
        book.RemoveAsync(user.Id, id, ct).ToAnswer();
}
