using CryoHub.Analyses.Eels.Edges;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Viewer;

/// <summary>The table of ionisation edges, for the labels of energy-loss plots.</summary>
internal static class EdgesApi
{
    public static void MapEdges(this IEndpointRouteBuilder routes) => routes.MapGet("/api/edges", List).WithTags("Analyses").RequireAuthorization();

    private static Ok<IReadOnlyList<EelsEdge>> List() => TypedResults.Ok(EdgeTable.All);
}
