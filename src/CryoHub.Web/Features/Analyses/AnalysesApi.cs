using CryoHub.Analyses;
using CryoHub.Platform;
using CryoHub.Web.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Analyses;

internal static class AnalysesApi
{
    public static void MapAnalyses(this IEndpointRouteBuilder routes)
    {
        var analyses = routes.MapGroup("/api/analyses").WithTags("Analyses").RequireAuthorization();
        analyses.MapGet("", List);
        analyses.MapGet("/{key}", FindAsync);
    }

    private static Ok<Page<AnalysisRow>> List([AsParameters] PageQuery query)
    {
        PageRequest page = query;
        var all = AnalysisCatalog.Analyses;
        return TypedResults.Ok(new Page<AnalysisRow>([.. all.Skip(page.Skip).Take(page.Take).Select(analysis => AnalysisRow.Of(analysis.Info))], all.Count, page.Skip, page.Take));
    }

    private static Task<Results<Ok<AnalysisRow>, NotFound>> FindAsync(string key) =>
        Task.FromResult(AnalysisCatalog.Find(key) is { } analysis ? AnalysisRow.Of(analysis.Info) : null).OrNotFound();
}
