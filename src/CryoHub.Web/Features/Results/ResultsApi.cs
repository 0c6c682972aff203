using CryoHub.Platform;
using CryoHub.Platform.Results;
using CryoHub.Platform.Storage;
using CryoHub.Web.Features.Viewer;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Results;

internal static class ResultsApi
{
    public static void MapResults(this IEndpointRouteBuilder routes)
    {
        var results = routes.MapGroup("/api/results").WithTags("Results").RequireAuthorization();
        results.MapGet("", ListAsync);
        results.MapGet("/{id:guid}", FindAsync);
        results.MapDelete("/{id:guid}", DeleteAsync);
        results.MapGet("/{id:guid}/items/{index:int}/file", FileAsync);
        results.MapGet("/{id:guid}/items/{index:int}/thumbnail", ThumbnailAsync);
    }

    private static async Task<Ok<Page<ResultRow>>> ListAsync(
        Guid? projectId, Guid? datasetId, [AsParameters] PageQuery page, CurrentUser user, ResultCatalog results, CancellationToken ct) =>
        TypedResults.Ok(await results.ListAsync(user.Id, projectId, datasetId, page, ct));

    private static Task<FoundResult<ResultDetails>> FindAsync(Guid id, CurrentUser user, ResultCatalog results, CancellationToken ct) =>
        results.FindAsync(user.Id, id, ct).WithVersion(result => result.Version);

    private static Task<ChangeResult> DeleteAsync(Guid id, CurrentUser user, ResultCatalog results, CancellationToken ct) => results.DeleteAsync(user.Id, id, ct).ToAnswer();

    private static Task<PixelResult> FileAsync(Guid id, int index, CurrentUser user, Pixels pixels, CancellationToken ct) => pixels.ItemFileAsync(user.Id, id, index, ct).ToAnswer();

    private static Task<PixelResult> ThumbnailAsync(Guid id, int index, CurrentUser user, Pixels pixels, CancellationToken ct) => pixels.ItemThumbnailAsync(user.Id, id, index, ct).ToAnswer();
}
