using CryoHub.Platform;
using CryoHub.Platform.Audit;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Audit;

internal static class AuditApi
{
    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/history/{kind}/{id:guid}", OfAsync).WithTags("History").RequireAuthorization();

    private static Task<Results<Ok<Page<AuditRow>>, NotFound>> OfAsync(
        Named<AuditKind> kind, Guid id, [AsParameters] PageQuery page, CurrentUser user, AuditTrail trail, CancellationToken ct) =>
        trail.OfAsync(user.Id, kind, id, page, ct).OrNotFound();
}
