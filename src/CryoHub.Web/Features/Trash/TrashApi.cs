using CryoHub.Platform;
using CryoHub.Platform.Trash;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Trash;

internal static class TrashApi
{
    public static void MapTrash(this IEndpointRouteBuilder routes)
    {
        var trash = routes.MapGroup("/api/trash").WithTags("Trash").RequireAuthorization();
        trash.MapGet("", ListAsync);
        trash.MapPost("/{kind}/{id:guid}/restore", RestoreAsync);
    }

    private static async Task<Ok<Page<TrashRow>>> ListAsync([AsParameters] PageQuery page, CurrentUser user, TrashBin trash, CancellationToken ct) =>
        TypedResults.Ok(await trash.ListAsync(user.Id, page, ct));

    private static Task<ChangeResult> RestoreAsync(Named<TrashKind> kind, Guid id, CurrentUser user, TrashBin trash, CancellationToken ct) =>
        trash.RestoreAsync(user.Id, kind, id, ct).ToAnswer();
}
