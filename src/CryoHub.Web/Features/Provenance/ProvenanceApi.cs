using System.Text.Json.Nodes;
using CryoHub.Platform.Provenance;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Provenance;

internal static class ProvenanceApi
{
    public static void MapProvenance(this IEndpointRouteBuilder routes)
    {
        var provenance = routes.MapGroup("/api/provenance/{kind}/{id:guid}").WithTags("Provenance").RequireAuthorization();
        provenance.MapGet("", FindAsync);
        provenance.MapGet("/prov", ProvAsync);
    }

    private static Task<Results<Ok<ProvenanceGraph>, NotFound>> FindAsync(Named<NodeKind> kind, Guid id, CurrentUser user, ProvenanceGraphs graphs, CancellationToken ct) =>
        graphs.OfAsync(user.Id, kind.Value, id, ct).OrNotFound();

    private static async Task<Results<Ok<JsonObject>, NotFound>> ProvAsync(Named<NodeKind> kind, Guid id, CurrentUser user, ProvenanceGraphs graphs, CancellationToken ct) =>
        await graphs.OfAsync(user.Id, kind.Value, id, ct) is { } graph ? TypedResults.Ok(ProvJson.Of(graph)) : TypedResults.NotFound();
}
