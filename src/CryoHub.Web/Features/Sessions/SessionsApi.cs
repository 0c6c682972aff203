using CryoHub.Platform;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Sessions;
using CryoHub.Platform.Trash;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Sessions;

internal static class SessionsApi
{
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var ofProject = routes.MapGroup("/api/projects/{id:guid}/sessions").WithTags("Sessions").RequireAuthorization();
        ofProject.MapGet("", ListAsync);
        ofProject.MapPost("", CreateAsync);

        var sessions = routes.MapGroup("/api/sessions/{id:guid}").WithTags("Sessions").RequireAuthorization();
        sessions.MapGet("", FindAsync);
        sessions.MapPut("", EditAsync);
        sessions.MapDelete("", ThrowAwayAsync);
        sessions.MapGet("/datasets", DatasetsAsync);
    }

    private static Task<Results<Ok<Page<SessionRow>>, NotFound>> ListAsync(
        Guid id, [AsParameters] PageQuery page, CurrentUser user, SessionCatalog sessions, CancellationToken ct) =>
        sessions.ListAsync(user.Id, id, page, ct).OrNotFound();

    private static Task<Results<Created<NewId>, NotFound>> CreateAsync(
        Guid id, SessionText body, CurrentUser user, SessionCatalog sessions, CancellationToken ct) =>
        sessions.CreateAsync(user.Id, id, body, ct).CreatedAt("/api/sessions");

    private static Task<FoundResult<SessionDetails>> FindAsync(Guid id, CurrentUser user, SessionCatalog sessions, CancellationToken ct) =>
        sessions.FindAsync(user.Id, id, ct).WithVersion(session => session.Version);

    private static Task<EditResult<SessionDetails>> EditAsync(
        Guid id, SessionText body, IfMatch version, CurrentUser user, SessionCatalog sessions, CancellationToken ct) =>
        sessions.EditAsync(user.Id, id, body, version.Value, ct).ThenRead(() => sessions.FindAsync(user.Id, id, ct), session => session.Version, body);

    private static Task<ChangeResult> ThrowAwayAsync(Guid id, CurrentUser user, TrashBin trash, CancellationToken ct) =>
        trash.ThrowAwayAsync(user.Id, TrashKind.Session, id, ct).ToAnswer();

    private static async Task<Results<Ok<Page<DatasetRow>>, NotFound>> DatasetsAsync(
        Guid id, [AsParameters] PageQuery page, CurrentUser user, SessionCatalog sessions, DatasetCatalog datasets, CancellationToken ct) =>
        await sessions.FindAsync(user.Id, id, ct) is null
            ? TypedResults.NotFound()
            : TypedResults.Ok(await datasets.ListAsync(user.Id, new DatasetFilter { SessionId = id }, page, ct));
}
