using CryoHub.Platform.Crates;
using CryoHub.Platform.Provenance;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Crates;

internal static class CratesApi
{
    public static void MapCrates(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/projects/{id:guid}/crate", OfProjectAsync).WithTags("Crates").RequireAuthorization();
        routes.MapGet("/api/projects/{id:guid}/crate/size", SizeAsync).WithTags("Crates").RequireAuthorization();
        routes.MapGet("/api/provenance/{kind}/{id:guid}/crate", OfItemAsync).WithTags("Crates").RequireAuthorization();
    }

    private static async Task<CrateDownload> OfProjectAsync(Guid id, bool? files, CurrentUser user, CrateDesk desk, CancellationToken ct) =>
        new(await desk.ProjectAsync(user.Id, id, files ?? false, ct));

    private static Task<Results<Ok<CrateSize>, NotFound>> SizeAsync(Guid id, CurrentUser user, CrateDesk desk, CancellationToken ct) => desk.SizeAsync(user.Id, id, ct).OrNotFound();

    private static async Task<CrateDownload> OfItemAsync(Named<NodeKind> kind, Guid id, bool? files, CurrentUser user, CrateDesk desk, CancellationToken ct) =>
        new(await desk.ItemAsync(user.Id, kind.Value, id, files ?? false, ct));
}
