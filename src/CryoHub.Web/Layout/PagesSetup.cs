using CryoHub.Web.Security;

namespace CryoHub.Web.Layout;

/// <summary>The pages: Blazor on the server, drawn live over one circuit a tab.</summary>
internal static class PagesSetup
{
    public static void AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
    }

    public static void MapPages(this WebApplication app)
    {
        app.UseStatusCodePagesWithReExecute("/not-found");
        app.MapStaticAssets().AllowAnonymous();
        // No antiforgery tokens: OriginGuard refuses every unsafe request of another site, circuits included.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().DisableAntiforgery();
        app.MapGet("/", () => TypedResults.LocalRedirect("/projects")).ExcludeFromDescription();
    }
}
