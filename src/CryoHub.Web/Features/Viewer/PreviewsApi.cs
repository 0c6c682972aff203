using CryoHub.Platform.Users;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Viewer;

internal static class PreviewsApi
{
    public static void MapPreviews(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/previews", AskAsync).WithTags("Previews").RequireAuthorization().RequireScope(TokenScopes.Run);

    private static async Task<Results<ContentHttpResult, NotFound, ProblemHttpResult>> AskAsync(AskPreview body, CurrentUser user, Previews previews, CancellationToken ct) =>
        await previews.AskAsync(user.Id, body, ct) switch
        {
            null => TypedResults.NotFound(),
            { Json.Length: 0 } failed => TypedResults.Problem(failed.Reason, statusCode: StatusCodes.Status500InternalServerError),
            { } answer => TypedResults.Content(answer.Json, "application/json"),
        };
}
