using CryoHub.Platform;
using CryoHub.Platform.Steps;
using CryoHub.Platform.Users;
using CryoHub.Platform.Workflows;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CryoHub.Web.Features.Workflows;

internal static class WorkflowsApi
{
    public static void MapWorkflows(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/templates", ListTemplatesAsync).WithTags("Workflows").RequireAuthorization();
        routes.MapPost("/api/labs/{id:guid}/templates", SaveTemplateAsync).WithTags("Workflows").RequireAuthorization();
        routes.MapGet("/api/projects/{id:guid}/runs", ListAsync).WithTags("Workflows").RequireAuthorization();
        routes.MapPost("/api/samples/{id:guid}/runs", StartAsync).WithTags("Workflows").RequireAuthorization();

        var runs = routes.MapGroup("/api/runs/{id:guid}").WithTags("Workflows").RequireAuthorization();
        runs.MapGet("", FindAsync);
        runs.MapPost("/steps/{number:int}", RecordAsync);
        // A little more than a photo may have, so that one that is too large is refused in words.
        runs.MapPost("/photos/{photo:guid}", KeepPhotoAsync).RequireScope(TokenScopes.Upload).WithMetadata(new RequestSizeLimitAttribute(2L * RunPhotos.LargestBytes));
    }

    private static async Task<Ok<IReadOnlyList<TemplateRow>>> ListTemplatesAsync(CurrentUser user, TemplateLibrary library, CancellationToken ct) =>
        TypedResults.Ok(await library.ListAsync(user.Id, ct));

    private static async Task<Results<Ok<SavedTemplate>, NotFound>> SaveTemplateAsync(Guid id, WorkflowTemplate body, CurrentUser user, TemplateLibrary library, CancellationToken ct) =>
        await library.SaveAsync(user.Id, id, body, ct) is { } version ? TypedResults.Ok(new SavedTemplate(body.Key, version)) : TypedResults.NotFound();

    private static Task<Results<Ok<Page<RunRow>>, NotFound>> ListAsync(Guid id, [AsParameters] PageQuery page, CurrentUser user, RunLog runs, CancellationToken ct) =>
        runs.ListAsync(user.Id, id, page, ct).OrNotFound();

    private static Task<Results<Created<NewId>, NotFound>> StartAsync(Guid id, StartRun body, CurrentUser user, RunLog runs, CancellationToken ct) =>
        runs.StartAsync(user.Id, id, body.Template, body.LabId, ct).CreatedAt("/api/runs");

    private static Task<Results<Ok<RunDetails>, NotFound>> FindAsync(Guid id, CurrentUser user, RunLog runs, CancellationToken ct) =>
        runs.FindAsync(user.Id, id, ct).OrNotFound();

    private static Task<Results<Created<NewId>, NotFound>> RecordAsync(Guid id, int number, StepText body, CurrentUser user, RunLog runs, CancellationToken ct) =>
        runs.RecordAsync(user.Id, id, number, body, ct).CreatedAt("/api/steps");

    private static Task<Results<Created<NewId>, NotFound>> KeepPhotoAsync(Guid id, Guid photo, string? name, HttpContext http, CurrentUser user, RunPhotos photos, CancellationToken ct) =>
        photos.KeepAsync(user.Id, id, photo, name, http.Request.Body, ct).CreatedAt("/api/datasets");
}
