using CryoHub.Platform;
using CryoHub.Platform.Users;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Users;

internal static class UsersApi
{
    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        var me = routes.MapGroup("/api/me").WithTags("Users").RequireAuthorization();
        me.MapGet("", MeAsync);
        me.MapPut("", RenameAsync);

        var users = routes.MapGroup("/api/users").WithTags("Users").RequireAuthorization(Schemes.Administrator).NotByToken();
        users.MapGet("", ListAsync);
        users.MapPost("", AddAsync);
        users.MapDelete("/{id:guid}", DisableAsync);
    }

    private static Task<Results<Ok<Me>, NotFound>> MeAsync(CurrentUser user, UserDirectory directory, CancellationToken ct) =>
        directory.MeAsync(user.Id, ct).OrNotFound();

    private static async Task<NoContent> RenameAsync(RenameMe body, CurrentUser user, UserDirectory directory, CancellationToken ct)
    {
        await directory.RenameAsync(user.Id, body.DisplayName, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Page<UserRow>>> ListAsync([AsParameters] PageQuery page, CurrentUser user, UserDirectory directory, CancellationToken ct) =>
        TypedResults.Ok(await directory.ListAsync(user.Id, page, ct));

    private static async Task<Created<NewId>> AddAsync(AddUser body, CurrentUser user, UserDirectory directory, CancellationToken ct)
    {
        var id = await directory.AddAsync(user.Id, body.Email, body.DisplayName, ct);
        return TypedResults.Created($"/api/users/{id}", new NewId(id));
    }

    private static Task<ChangeResult> DisableAsync(Guid id, CurrentUser user, UserDirectory directory, CancellationToken ct) =>
        directory.DisableAsync(user.Id, id, ct).ToAnswer();
}
