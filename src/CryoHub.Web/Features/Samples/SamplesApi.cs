using CryoHub.Platform;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Trash;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Samples;

internal static class SamplesApi
{
    public static void MapSamples(this IEndpointRouteBuilder routes)
    {
        var ofProject = routes.MapGroup("/api/projects/{id:guid}/samples").WithTags("Samples").RequireAuthorization();
        ofProject.MapGet("", ListAsync);
        ofProject.MapPost("", CreateAsync);

        var samples = routes.MapGroup("/api/samples/{id:guid}").WithTags("Samples").RequireAuthorization();
        samples.MapGet("", FindAsync);
        samples.MapPut("", EditAsync);
        samples.MapDelete("", ThrowAwayAsync);
        samples.MapGet("/children", ChildrenAsync);
        samples.MapGet("/datasets", DatasetsAsync);
    }

    private static Task<Results<Ok<Page<SampleRow>>, NotFound>> ListAsync(
        Guid id, [AsParameters] PageQuery page, CurrentUser user, SampleCatalog samples, CancellationToken ct) =>
        samples.ListAsync(user.Id, id, page, ct).OrNotFound();

    private static Task<Results<Created<NewId>, NotFound>> CreateAsync(Guid id, SampleText body, CurrentUser user, SampleCatalog samples, CancellationToken ct) =>
        samples.CreateAsync(user.Id, id, body, ct).CreatedAt("/api/samples");

    private static Task<FoundResult<SampleDetails>> FindAsync(Guid id, CurrentUser user, SampleCatalog samples, CancellationToken ct) =>
        samples.FindAsync(user.Id, id, ct).WithVersion(sample => sample.Version);

    private static Task<EditResult<SampleDetails>> EditAsync(
        Guid id, SampleText body, IfMatch version, CurrentUser user, SampleCatalog samples, CancellationToken ct) =>
        samples.EditAsync(user.Id, id, body, version.Value, ct).ThenRead(() => samples.FindAsync(user.Id, id, ct), sample => sample.Version, body);

    private static Task<ChangeResult> ThrowAwayAsync(Guid id, CurrentUser user, TrashBin trash, CancellationToken ct) =>
        trash.ThrowAwayAsync(user.Id, TrashKind.Sample, id, ct).ToAnswer();

    private static Task<Results<Ok<Page<SampleRow>>, NotFound>> ChildrenAsync(
        Guid id, [AsParameters] PageQuery page, CurrentUser user, SampleCatalog samples, CancellationToken ct) =>
        samples.ChildrenAsync(user.Id, id, page, ct).OrNotFound();

    private static async Task<Results<Ok<Page<DatasetRow>>, NotFound>> DatasetsAsync(
        Guid id, [AsParameters] PageQuery page, CurrentUser user, SampleCatalog samples, DatasetCatalog datasets, CancellationToken ct) =>
        await samples.FindAsync(user.Id, id, ct) is null
            ? TypedResults.NotFound()
            : TypedResults.Ok(await datasets.ListAsync(user.Id, new DatasetFilter { SampleId = id }, page, ct));
}
