using CryoHub.Web.Features.Account;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CryoHub.Web.Features.Users;

internal static class SecondFactorApi
{
    public static void MapSecondFactor(this IEndpointRouteBuilder routes)
    {
        var factor = routes.MapGroup("/api/me/second-factor").WithTags("Users").RequireAuthorization().NotByToken();
        factor.MapPost("/key", BeginAsync);
        factor.MapPost("", ConfirmAsync);
        factor.MapDelete("", RemoveAsync);
    }

    private static async Task<Ok<SecondFactorKey>> BeginAsync(CurrentUser user, SecondFactor factor) => TypedResults.Ok(await factor.BeginAsync(user.Id));

    private static async Task<Ok<RecoveryCodes>> ConfirmAsync(ConfirmSecondFactor body, CurrentUser user, SecondFactor factor, CancellationToken ct) =>
        TypedResults.Ok(new RecoveryCodes(await factor.ConfirmAsync(user.Id, body.Code, ct)));

    private static async Task<NoContent> RemoveAsync([FromBody] RemoveSecondFactor body, CurrentUser user, SecondFactor factor, CancellationToken ct)
    {
        await factor.RemoveAsync(user.Id, body.Password, ct);
        return TypedResults.NoContent();
    }
}
