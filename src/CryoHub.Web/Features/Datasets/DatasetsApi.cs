using CryoHub.Platform;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Projects;
using CryoHub.Platform.Trash;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Datasets;

internal static class DatasetsApi
{
    public static void MapDatasets(this IEndpointRouteBuilder routes)
    {
        var datasets = routes.MapGroup("/api/datasets").WithTags("Datasets").RequireAuthorization();
        datasets.MapGet("", ListAsync);
        datasets.MapGet("/{id:guid}", FindAsync);
        datasets.MapPut("/{id:guid}", EditAsync);
        datasets.MapDelete("/{id:guid}", ThrowAwayAsync);
        datasets.MapPost("/{id:guid}/truth", MarkAsync);
        datasets.MapDelete("/{id:guid}/truth", UnmarkAsync);
        datasets.MapGet("/{id:guid}/signals/{index:int}", SignalAsync);
        routes.MapGet("/api/projects/{id:guid}/datasets", OfProjectAsync).WithTags("Datasets").RequireAuthorization();
    }

    private static async Task<Ok<Page<DatasetRow>>> ListAsync(
        [AsParameters] ListDatasets query, [AsParameters] PageQuery page, CurrentUser user, DatasetCatalog datasets, CancellationToken ct) =>
        TypedResults.Ok(await datasets.ListAsync(user.Id, query.ToFilter(), page, ct));

    private static Task<FoundResult<DatasetDetails>> FindAsync(Guid id, CurrentUser user, DatasetCatalog datasets, CancellationToken ct) =>
        datasets.FindAsync(user.Id, id, ct).WithVersion(dataset => dataset.Version);

    private static Task<EditResult<DatasetDetails>> EditAsync(
        Guid id, DatasetText body, IfMatch version, CurrentUser user, DatasetCatalog datasets, CancellationToken ct) =>
        datasets.EditAsync(user.Id, id, body, version.Value, ct).ThenRead(() => datasets.FindAsync(user.Id, id, ct), dataset => dataset.Version, body);

    private static Task<ChangeResult> ThrowAwayAsync(Guid id, CurrentUser user, TrashBin trash, CancellationToken ct) =>
        trash.ThrowAwayAsync(user.Id, TrashKind.Dataset, id, ct).ToAnswer();

    private static Task<ChangeResult> MarkAsync(Guid id, CurrentUser user, GroundTruth truth, CancellationToken ct) => truth.MarkAsync(user.Id, id, isTruth: true, ct).ToAnswer();

    private static Task<ChangeResult> UnmarkAsync(Guid id, CurrentUser user, GroundTruth truth, CancellationToken ct) => truth.MarkAsync(user.Id, id, isTruth: false, ct).ToAnswer();

    private static Task<Results<Ok<SignalDetails>, NotFound>> SignalAsync(
        Guid id, int index, CurrentUser user, DatasetCatalog datasets, CancellationToken ct) =>
        datasets.SignalAsync(user.Id, id, index, ct).OrNotFound();

    private static async Task<Results<Ok<Page<DatasetRow>>, NotFound>> OfProjectAsync(
        Guid id, [AsParameters] PageQuery page, CurrentUser user, ProjectDirectory projects, DatasetCatalog datasets, CancellationToken ct) =>
        await projects.FindAsync(user.Id, id, ct) is null
            ? TypedResults.NotFound()
            : TypedResults.Ok(await datasets.ListAsync(user.Id, new DatasetFilter { ProjectId = id }, page, ct));
}
