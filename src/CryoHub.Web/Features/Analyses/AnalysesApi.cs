using CryoHub.Analyses;
using CryoHub.Platform;
using CryoHub.Platform.Users;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Analyses;

internal static class AnalysesApi
{
    public static void MapAnalyses(this IEndpointRouteBuilder routes)
    {
        var analyses = routes.MapGroup("/api/analyses").WithTags("Analyses").RequireAuthorization();
        analyses.MapGet("", List);
        analyses.MapGet("/{key}", FindAsync);
        analyses.MapPost("/{key}/estimate", EstimateAsync).RequireScope(TokenScopes.Read);
    }

    private static Ok<Page<AnalysisRow>> List([AsParameters] PageQuery query)
    {
        PageRequest page = query;
        var all = AnalysisCatalog.Analyses;
        return TypedResults.Ok(new Page<AnalysisRow>([.. all.Skip(page.Skip).Take(page.Take).Select(analysis => AnalysisRow.Of(analysis.Info))], all.Count, page.Skip, page.Take));
    }

    private static Task<Results<Ok<AnalysisRow>, NotFound>> FindAsync(string key) =>
        Task.FromResult(AnalysisCatalog.Find(key) is { } analysis ? AnalysisRow.Of(analysis.Info) : null).OrNotFound();

    private static Task<Results<Ok<RunEstimate>, NotFound>> EstimateAsync(string key, AskEstimate body, CurrentUser user, AnalysisDesk desk, CancellationToken ct) =>
        desk.EstimateAsync(user.Id, body.ProjectId, key, body.Inputs ?? [], body.Parameters, ct).OrNotFound();
}
