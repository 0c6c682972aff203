using CryoHub.Platform;
using CryoHub.Platform.Custody;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Custody;

internal static class FailuresApi
{
    public static void MapFailures(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/labs/{id:guid}/failures", OfLabAsync).WithTags("Custody").RequireAuthorization();
        var ofSample = routes.MapGroup("/api/samples/{id:guid}/failures").WithTags("Custody").RequireAuthorization();
        ofSample.MapGet("", OfSampleAsync);
        ofSample.MapPost("", RecordAsync);
    }

    private static Task<Results<Ok<Page<FailureRow>>, NotFound>> OfLabAsync(Guid id, [AsParameters] PageQuery page, CurrentUser user, FailureRegister register, CancellationToken ct) =>
        register.ListAsync(user.Id, id, page, ct).OrNotFound();

    private static Task<Results<Ok<Page<FailureRow>>, NotFound>> OfSampleAsync(Guid id, [AsParameters] PageQuery page, CurrentUser user, FailureRegister register, CancellationToken ct) =>
        register.OfSampleAsync(user.Id, id, page, ct).OrNotFound();

    private static Task<Results<Created<NewId>, NotFound>> RecordAsync(Guid id, FailureText body, CurrentUser user, FailureRegister register, CancellationToken ct) =>
        register.RecordAsync(user.Id, id, body, ct).CreatedAt("/api/failures");
}
