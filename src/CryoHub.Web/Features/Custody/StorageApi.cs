using CryoHub.Platform.Custody;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Custody;

internal static class StorageApi
{
    public static void MapStorage(this IEndpointRouteBuilder routes)
    {
        var ofLab = routes.MapGroup("/api/labs/{id:guid}/storage").WithTags("Storage").RequireAuthorization();
        ofLab.MapGet("", ReadAsync);
        ofLab.MapPost("", AddAsync);

        var places = routes.MapGroup("/api/places/{id:guid}").WithTags("Storage").RequireAuthorization();
        places.MapPost("/move", MoveAsync);
        places.MapDelete("", RemoveAsync);
    }

    private static Task<Results<Ok<IReadOnlyList<PlaceRow>>, NotFound>> ReadAsync(Guid id, CurrentUser user, StorageMap map, CancellationToken ct) =>
        map.ReadAsync(user.Id, id, ct).OrNotFound();

    private static Task<Results<Created<NewId>, NotFound>> AddAsync(Guid id, NewPlace body, CurrentUser user, StorageMap map, CancellationToken ct) =>
        map.AddAsync(user.Id, id, body, ct).CreatedAt("/api/places");

    private static Task<ChangeResult> MoveAsync(Guid id, MovePlace body, CurrentUser user, StorageMap map, CancellationToken ct) =>
        map.MoveAsync(user.Id, id, body.ParentId, body.Position, ct).ToAnswer();

    private static Task<ChangeResult> RemoveAsync(Guid id, CurrentUser user, StorageMap map, CancellationToken ct) => map.RemoveAsync(user.Id, id, ct).ToAnswer();
}
