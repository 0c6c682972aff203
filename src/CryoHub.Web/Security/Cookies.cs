using CryoHub.Web.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CryoHub.Web.Security;

/// <summary>The cookies of people who signed in: bound to this host where it speaks https, and looked at again every few seconds.</summary>
internal static class Cookies
{
    public const string Name = "cryohub";

    public static void AddCookies(this IServiceCollection services)
    {
        Harden(services, IdentityConstants.ApplicationScheme, Name);
        Harden(services, IdentityConstants.TwoFactorUserIdScheme, Name + "-second");
        Harden(services, IdentityConstants.TwoFactorRememberMeScheme, Name + "-device");
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure(options =>
        {
            options.ExpireTimeSpan = TimeSpan.FromDays(14);
            options.LoginPath = "/account/sign-in";
            options.AccessDeniedPath = "/account/denied";
            options.ReturnUrlParameter = "returnUrl";
            options.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
            options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
        });
        services.AddOptions<SecurityStampValidatorOptions>()
            .Configure<IOptions<WebOptions>>((options, web) => options.ValidationInterval = web.Value.RecheckAfter);
    }

    // Scripts get a status, people get a page.
    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (ProblemSetup.IsApi(context.HttpContext))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }

    private static void Harden(IServiceCollection services, string scheme, string name) =>
        services.AddOptions<CookieAuthenticationOptions>(scheme).Configure<IOptions<WebOptions>>((options, web) =>
        {
            var https = web.Value.PublicUrl.Scheme == Uri.UriSchemeHttps;
            options.Cookie.Name = (https ? "__Host-" : "") + name;
            options.Cookie.SecurePolicy = https ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            options.Cookie.Path = "/";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
        });
}
