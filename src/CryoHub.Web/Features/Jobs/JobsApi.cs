using CryoHub.Platform;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Users;
using CryoHub.Web.Features.Analyses;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Jobs;

internal static class JobsApi
{
    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/api/jobs").WithTags("Jobs").RequireAuthorization();
        jobs.MapGet("", ListAsync);
        jobs.MapGet("/{id:guid}", FindAsync);
        jobs.MapPost("", SubmitAsync).RequireScope(TokenScopes.Run);
        jobs.MapPost("/{id:guid}/cancel", CancelAsync).RequireScope(TokenScopes.Run);
        jobs.MapPost("/{id:guid}/stop", StopAsync).RequireScope(TokenScopes.Run);
        jobs.MapPost("/{id:guid}/retry", RetryAsync).RequireScope(TokenScopes.Run);
        routes.MapHub<JobsHub>("/hubs/jobs", connection => connection.CloseOnAuthenticationExpiration = true).RequireAuthorization().RequireScope(TokenScopes.Read);
    }

    private static async Task<Ok<Page<JobRow>>> ListAsync(
        Guid? projectId, Guid? datasetId, Named<JobStatus>? status, [AsParameters] PageQuery page, CurrentUser user, JobList jobs, CancellationToken ct) =>
        TypedResults.Ok(await jobs.ListAsync(user.Id, projectId, status?.Value, datasetId, page, ct));

    private static Task<Results<Ok<JobDetails>, NotFound>> FindAsync(Guid id, CurrentUser user, JobList jobs, CancellationToken ct) => jobs.FindAsync(user.Id, id, ct).OrNotFound();

    private static async Task<Results<Created<JobDetails>, Ok<JobDetails>, NotFound>> SubmitAsync(SubmitJob body, CurrentUser user, AnalysisDesk desk, JobList jobs, CancellationToken ct)
    {
        if (await desk.SubmitAsync(user.Id, body.ProjectId, body.Analysis, body.Inputs ?? [], body.Parameters, ct) is not { } submitted
            || await jobs.FindAsync(user.Id, submitted.JobId, ct) is not { } job)
        {
            return TypedResults.NotFound();
        }

        return submitted.IsNew ? TypedResults.Created($"/api/jobs/{submitted.JobId}", job) : TypedResults.Ok(job);
    }

    private static Task<ChangeResult> CancelAsync(Guid id, CurrentUser user, JobQueue queue, CancellationToken ct) => queue.CancelAsync(user.Id, id, ct).ToAnswer();

    private static Task<ChangeResult> StopAsync(Guid id, CurrentUser user, JobQueue queue, CancellationToken ct) => queue.StopAsync(user.Id, id, ct).ToAnswer();

    private static Task<ChangeResult> RetryAsync(Guid id, CurrentUser user, JobQueue queue, CancellationToken ct) => queue.RetryAsync(user.Id, id, ct).ToAnswer();
}
