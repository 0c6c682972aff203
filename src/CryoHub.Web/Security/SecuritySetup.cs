using CryoHub.Platform.Users;
using CryoHub.Web.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CryoHub.Web.Security;

/// <summary>Who may come in, and what a request must look like. The order of the steps is the point of <see cref="UseSecurity"/>.</summary>
internal static class SecuritySetup
{
    public static void AddSecurity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddDataProtection().SetApplicationName("CryoHub");
        services.AddSingleton<DatabaseKeys>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = provider.GetRequiredService<DatabaseKeys>()));

        services.AddAuthentication(options =>
            {
                options.DefaultScheme = options.DefaultChallengeScheme = Schemes.Either;
                options.DefaultSignInScheme = IdentityConstants.ApplicationScheme;
            })
            // Pages and their circuits do whatever a person may do: a token, whose scopes end at endpoints, is nobody there.
            .AddPolicyScheme(Schemes.Either, null, options => options.ForwardDefaultSelector = context =>
                TokenAuthentication.IsAsked(context.Request) && ProblemSetup.IsApi(context) ? Schemes.Token : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(Schemes.Token, null)
            .AddIdentityCookies();
        services.AddCookies();

        services.AddHttpContextAccessor();
        new IdentityBuilder(typeof(User), services).AddSignInManager().AddClaimsPrincipalFactory<UserClaims>()
            .AddTokenProvider<AuthenticatorCodes>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddAuthorizationBuilder().AddPolicy(Schemes.Administrator, policy => policy.RequireClaim(Schemes.Administrator));
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, ScopeGate>();
        services.AddRateLimits();
    }

    public static void UseSecurity(this WebApplication app)
    {
        app.UseKnownProxies();
        app.UseMiddleware<SecurityHeaders>();
        app.UseRouting();
        app.UseMiddleware<OriginGuard>();
        app.UseAuthentication();
        app.UseMiddleware<RequestOrigin>();
        app.UseRateLimiter();
        app.UseAuthorization();
    }
}
