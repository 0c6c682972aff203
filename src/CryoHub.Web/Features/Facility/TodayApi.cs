using CryoHub.Platform.Facility;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Facility;

internal static class TodayApi
{
    public static void MapToday(this IEndpointRouteBuilder routes) => routes.MapGet("/api/labs/{id:guid}/today", ReadAsync).WithTags("Facility").RequireAuthorization();

    private static Task<Results<Ok<FacilityToday>, NotFound>> ReadAsync(Guid id, CurrentUser user, FacilityBoard board, CancellationToken ct) => board.ReadAsync(user.Id, id, ct).OrNotFound();
}
