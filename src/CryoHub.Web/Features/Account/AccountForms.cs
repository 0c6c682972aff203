using CryoHub.Imaging;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CryoHub.Web.Features.Account;

/// <summary>
/// The same as <see cref="AccountApi"/> for plain HTML forms, which work without a script and set cookies: each answers with a redirect. Other sites are
/// kept out by <see cref="OriginGuard"/>, so the forms carry no antiforgery token.
/// </summary>
internal static class AccountForms
{
    private const string SignInPage = "/account/sign-in";

    public static void MapAccountForms(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("/account/do").AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        forms.MapPost("/sign-in", SignInAsync).RequireRateLimiting(RateLimits.SignIn);
        forms.MapPost("/second-step", SecondStepAsync).RequireRateLimiting(RateLimits.SignIn);
        forms.MapPost("/forgot", Forgot).RequireRateLimiting(RateLimits.SignIn);
        forms.MapPost("/password", SetPasswordAsync).RequireRateLimiting(RateLimits.SignIn);
        forms.MapPost("/invitation", AcceptAsync).RequireRateLimiting(RateLimits.SignIn);
        forms.MapPost("/sign-out", SignOutAsync);
    }

    private static async Task<RedirectHttpResult> SignInAsync(
        [FromForm] string? email, [FromForm] string? password, [FromForm] string? remember, [FromForm] string? returnUrl, SignInDesk desk)
    {
        var target = Uri.EscapeDataString(LocalUrl.Or(returnUrl, "/"));
        return await desk.WithPasswordAsync(email, password, remember is not null) switch
        {
            SignInOutcome.SignedIn => TypedResults.LocalRedirect(LocalUrl.Or(returnUrl, "/")),
            SignInOutcome.SecondFactorNeeded => TypedResults.LocalRedirect($"/account/second-step?returnUrl={target}"),
            _ => TypedResults.LocalRedirect($"{SignInPage}?refused=1&returnUrl={target}"),
        };
    }

    private static async Task<RedirectHttpResult> SecondStepAsync(
        [FromForm] string? code, [FromForm] string? recoveryCode, [FromForm] string? returnUrl, SignInDesk desk)
    {
        var outcome = string.IsNullOrWhiteSpace(recoveryCode) ? await desk.WithCodeAsync(code, false) : await desk.WithRecoveryCodeAsync(recoveryCode);
        return TypedResults.LocalRedirect(outcome == SignInOutcome.SignedIn
            ? LocalUrl.Or(returnUrl, "/")
            : $"/account/second-step?refused=1&returnUrl={Uri.EscapeDataString(LocalUrl.Or(returnUrl, "/"))}");
    }

    private static RedirectHttpResult Forgot([FromForm] string? email, PasswordReset reset)
    {
        reset.Ask(email);
        return TypedResults.LocalRedirect("/account/forgot?asked=1");
    }

    private static async Task<RedirectHttpResult> SetPasswordAsync(
        [FromForm] string? email, [FromForm] string? code, [FromForm] string? password, PasswordReset reset, CancellationToken ct) =>
        TypedResults.LocalRedirect(await reset.SetAsync(email, code, password, ct) is { } reason
            ? $"/account/password?mail={Uri.EscapeDataString(email ?? "")}&code={Uri.EscapeDataString(code ?? "")}&reason={Uri.EscapeDataString(reason)}"
            : $"{SignInPage}?changed=1");

    private static async Task<RedirectHttpResult> AcceptAsync(
        [FromForm] string? code, [FromForm] string? displayName, [FromForm] string? password, [FromForm] string? forLab, HttpContext context, Enrolment enrolment, CancellationToken ct)
    {
        string reason;
        try
        {
            var accepted = CurrentUser.From(context.User) is { } user
                ? await enrolment.AcceptAsync(user.Id, code, Guid.TryParse(forLab, out var lab) ? lab : null, ct)
                : await enrolment.AcceptAsNewAsync(code, displayName, password, ct);
            if (accepted)
            {
                return TypedResults.LocalRedirect("/");
            }

            reason = "This invitation is not valid any more, or it is for another address.";
        }
        catch (ProblemException problem)   // a form has no other place to show it
        {
            reason = problem.Message;
        }

        return TypedResults.LocalRedirect($"/account/invitation?code={Uri.EscapeDataString(code ?? "")}&reason={Uri.EscapeDataString(reason)}");
    }

    private static async Task<RedirectHttpResult> SignOutAsync(SignInDesk desk)
    {
        await desk.SignOutAsync();
        return TypedResults.LocalRedirect(SignInPage);
    }
}
