using CryoHub.Platform;
using CryoHub.Platform.Audit;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Audit;

internal static class AuditApi
{
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/history/{kind}/{id:guid}", OfAsync).WithTags("History").RequireAuthorization();
        var ofLab = routes.MapGroup("/api/labs/{id:guid}/audit").WithTags("History").RequireAuthorization();
        ofLab.MapGet("", OfLabAsync);
        ofLab.MapGet("/verify", VerifyAsync);
    }

    private static Task<Results<Ok<Page<AuditRow>>, NotFound>> OfAsync(
        Named<AuditKind> kind, Guid id, [AsParameters] PageQuery page, CurrentUser user, AuditTrail trail, CancellationToken ct) =>
        trail.OfAsync(user.Id, kind, id, page, ct).OrNotFound();

    private static Task<Results<Ok<Page<LabAuditRow>>, NotFound>> OfLabAsync(Guid id, [AsParameters] PageQuery page, CurrentUser user, AuditTrail trail, CancellationToken ct) =>
        trail.OfLabAsync(user.Id, id, page, ct).OrNotFound();

    private static Task<Results<Ok<AuditVerdict>, NotFound>> VerifyAsync(Guid id, CurrentUser user, AuditVerification verification, CancellationToken ct) =>
        verification.OfLabAsync(user.Id, id, ct).OrNotFound();
}
