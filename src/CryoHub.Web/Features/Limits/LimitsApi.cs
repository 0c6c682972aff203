using CryoHub.Platform;
using CryoHub.Platform.Ledgers;
using CryoHub.Platform.Limits;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Limits;

internal static class LimitsApi
{
    public static void MapLimits(this IEndpointRouteBuilder routes)
    {
        var ofLab = routes.MapGroup("/api/labs/{id:guid}/limits").WithTags("Limits").RequireAuthorization();
        ofLab.MapGet("", ListAsync);
        ofLab.MapGet("/holding", HoldingAsync);
        ofLab.MapPost("", AddAsync);

        var limits = routes.MapGroup("/api/limits/{id:guid}").WithTags("Limits").RequireAuthorization();
        limits.MapGet("", FindAsync);
        limits.MapPut("", ChangeAsync);
        limits.MapDelete("", RemoveAsync);

        routes.MapGet("/api/datasets/{id:guid}/dose", OfDatasetAsync).WithTags("Limits").RequireAuthorization();
        routes.MapGet("/api/results/{id:guid}/dose", OfResultAsync).WithTags("Limits").RequireAuthorization();
    }

    private static Task<Results<Ok<Page<LimitRow>>, NotFound>> ListAsync(Guid id, [AsParameters] PageQuery page, CurrentUser user, LabLimits limits, CancellationToken ct) =>
        limits.ListAsync(user.Id, id, page, ct).OrNotFound();

    private static Task<Results<Ok<LimitSet>, NotFound>> HoldingAsync(Guid id, CurrentUser user, LabLimits limits, CancellationToken ct) =>
        limits.HoldingAsync(user.Id, id, ct).OrNotFound();

    private static Task<Results<Created<NewId>, NotFound>> AddAsync(Guid id, NewLimit body, CurrentUser user, LabLimits limits, CancellationToken ct) =>
        limits.AddAsync(user.Id, id, body.Kind, body.Text, ct).CreatedAt("/api/limits");

    private static Task<FoundResult<LimitRow>> FindAsync(Guid id, CurrentUser user, LabLimits limits, CancellationToken ct) =>
        limits.FindAsync(user.Id, id, ct).WithVersion(limit => limit.Version);

    private static Task<EditResult<LimitRow>> ChangeAsync(Guid id, LimitText body, IfMatch version, CurrentUser user, LabLimits limits, CancellationToken ct) =>
        limits.ChangeAsync(user.Id, id, body, version.Value, ct).ThenRead(() => limits.FindAsync(user.Id, id, ct), limit => limit.Version, body);

    private static Task<ChangeResult> RemoveAsync(Guid id, IfMatch version, CurrentUser user, LabLimits limits, CancellationToken ct) =>
        limits.RemoveAsync(user.Id, id, version.Value, ct).ToAnswer();

    private static Task<Results<Ok<TakenDose>, NotFound>> OfDatasetAsync(Guid id, CurrentUser user, DoseBook book, CancellationToken ct) =>
        book.OfDatasetAsync(user.Id, id, ct).OrNotFound();

    private static Task<Results<Ok<TakenDose>, NotFound>> OfResultAsync(Guid id, CurrentUser user, DoseBook book, CancellationToken ct) =>
        book.OfResultAsync(user.Id, id, ct).OrNotFound();
}
