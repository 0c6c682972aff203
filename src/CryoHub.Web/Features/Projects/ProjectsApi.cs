using CryoHub.Platform;
using CryoHub.Platform.Projects;
using CryoHub.Platform.Trash;
using CryoHub.Web.Features.Labs;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Projects;

internal static class ProjectsApi
{
    public static void MapProjects(this IEndpointRouteBuilder routes)
    {
        var projects = routes.MapGroup("/api/projects").WithTags("Projects").RequireAuthorization();
        projects.MapGet("", ListAsync);
        projects.MapPost("", CreateAsync);
        projects.MapGet("/{id:guid}", FindAsync);
        projects.MapPut("/{id:guid}", EditAsync);
        projects.MapPut("/{id:guid}/quota", SetQuotaAsync);
        projects.MapDelete("/{id:guid}", ThrowAwayAsync);
    }

    private static async Task<Ok<Page<ProjectRow>>> ListAsync(
        Guid? labId, [AsParameters] PageQuery page, CurrentUser user, ProjectDirectory projects, CancellationToken ct) =>
        TypedResults.Ok(await projects.ListAsync(user.Id, labId, page, ct));

    private static Task<Results<Created<NewId>, NotFound>> CreateAsync(CreateProject body, CurrentUser user, ProjectDirectory projects, CancellationToken ct) =>
        projects.CreateAsync(user.Id, body.LabId, body.Name, body.Notes, ct).CreatedAt("/api/projects");

    private static Task<FoundResult<ProjectDetails>> FindAsync(Guid id, CurrentUser user, ProjectDirectory projects, CancellationToken ct) =>
        projects.FindAsync(user.Id, id, ct).WithVersion(project => project.Version);

    private static Task<EditResult<ProjectDetails>> EditAsync(
        Guid id, EditProject body, IfMatch version, CurrentUser user, ProjectDirectory projects, CancellationToken ct) =>
        projects.EditAsync(user.Id, id, body.Name, body.Notes, version.Value, ct)
            .ThenRead(() => projects.FindAsync(user.Id, id, ct), project => project.Version, body);

    private static Task<EditResult<ProjectDetails>> SetQuotaAsync(
        Guid id, SetQuota body, IfMatch version, CurrentUser user, ProjectDirectory projects, CancellationToken ct) =>
        projects.SetQuotaAsync(user.Id, id, body.Bytes, version.Value, ct)
            .ThenRead(() => projects.FindAsync(user.Id, id, ct), project => project.Version, body);

    private static Task<ChangeResult> ThrowAwayAsync(Guid id, CurrentUser user, TrashBin trash, CancellationToken ct) =>
        trash.ThrowAwayAsync(user.Id, TrashKind.Project, id, ct).ToAnswer();
}
