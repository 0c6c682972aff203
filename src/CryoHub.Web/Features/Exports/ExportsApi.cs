using CryoHub.Platform.Jobs;
using CryoHub.Platform.Users;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Exports;

internal static class ExportsApi
{
    public static void MapExports(this IEndpointRouteBuilder routes)
    {
        var exports = routes.MapGroup("/api/datasets/{id:guid}/signals/{index:int}/exports").WithTags("Exports").RequireAuthorization();
        exports.MapGet("", ListAsync);
        exports.MapPost("", SubmitAsync).RequireScope(TokenScopes.Run);
    }

    private static Task<Results<Ok<IReadOnlyList<ExportFormat>>, NotFound>> ListAsync(Guid id, int index, CurrentUser user, ExportDesk desk, CancellationToken ct) =>
        desk.FormatsAsync(user.Id, id, index, ct).OrNotFound();

    private static async Task<Results<Created<JobDetails>, Ok<JobDetails>, NotFound>> SubmitAsync(
        Guid id, int index, StartExport body, CurrentUser user, ExportDesk desk, JobList jobs, CancellationToken ct)
    {
        if (await desk.SubmitAsync(user.Id, id, index, body.Format, ct) is not { } submitted || await jobs.FindAsync(user.Id, submitted.JobId, ct) is not { } job)
        {
            return TypedResults.NotFound();
        }

        return submitted.IsNew ? TypedResults.Created($"/api/jobs/{submitted.JobId}", job) : TypedResults.Ok(job);
    }
}
