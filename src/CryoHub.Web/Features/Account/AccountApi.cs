using CryoHub.Platform.Labs;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Account;

/// <summary>Signing in, for programs with a cookie jar; people use the forms.</summary>
internal static class AccountApi
{
    public static void MapAccount(this IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/api/account").WithTags("Account").AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
        account.MapPost("/sign-in", SignInAsync);
        account.MapPost("/second-step", SecondStepAsync);
        account.MapPost("/forgot", Forgot);
        account.MapPost("/password", SetPasswordAsync);
        account.MapGet("/invitation", InvitationAsync);
        account.MapPost("/invitation", AcceptAsync);
        routes.MapPost("/api/account/sign-out", SignOutAsync).WithTags("Account").RequireAuthorization().NotByToken();
    }

    private static async Task<Results<Ok<SignInAnswer>, ProblemHttpResult>> SignInAsync(SignIn body, SignInDesk desk) =>
        Answer(await desk.WithPasswordAsync(body.Email, body.Password, body.Remember));

    private static async Task<Results<Ok<SignInAnswer>, ProblemHttpResult>> SecondStepAsync(SecondStep body, SignInDesk desk) =>
        Answer(body.RecoveryCode is null ? await desk.WithCodeAsync(body.Code, body.Remember) : await desk.WithRecoveryCodeAsync(body.RecoveryCode));

    private static Accepted Forgot(ForgotPassword body, PasswordReset reset)
    {
        reset.Ask(body.Email);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SetPasswordAsync(SetPassword body, PasswordReset reset, CancellationToken ct) =>
        await reset.SetAsync(body.Email, body.Code, body.Password, ct) is { } reason
            ? TypedResults.Problem(reason, statusCode: StatusCodes.Status400BadRequest)
            : TypedResults.NoContent();

    private static Task<Results<Ok<InvitationPreview>, NotFound>> InvitationAsync(string code, InvitationDesk invitations, CancellationToken ct) =>
        invitations.FindAsync(code, ct).OrNotFound();

    private static async Task<ChangeResult> AcceptAsync(AcceptInvitation body, HttpContext context, Enrolment enrolment, CancellationToken ct) =>
        CurrentUser.From(context.User) is { } user && !TokenAuthentication.IsAsked(context.Request)   // no token joins a lab for its person
            ? await enrolment.AcceptAsync(user.Id, body.Code, body.ForLab, ct)
            : await enrolment.AcceptAsNewAsync(body.Code, body.DisplayName, body.Password, ct);

    private static async Task<NoContent> SignOutAsync(SignInDesk desk)
    {
        await desk.SignOutAsync();
        return TypedResults.NoContent();
    }

    private static Results<Ok<SignInAnswer>, ProblemHttpResult> Answer(SignInOutcome outcome) =>
        outcome == SignInOutcome.Refused
            ? TypedResults.Problem(SignInDesk.Refusal, statusCode: StatusCodes.Status401Unauthorized)
            : TypedResults.Ok(new SignInAnswer(outcome));
}
