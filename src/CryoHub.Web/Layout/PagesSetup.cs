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
        // Programs are told by problem details; only people are shown a page.
        app.UseWhen(context => !IsForPrograms(context.Request.Path), pages => pages.UseStatusCodePagesWithReExecute("/not-found"));
        app.MapStaticAssets().AllowAnonymous();
        // No antiforgery tokens: OriginGuard refuses every unsafe request of another site, circuits included.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().DisableAntiforgery();
        app.MapGet("/", () => TypedResults.LocalRedirect("/projects")).ExcludeFromDescription();
    }

    private static bool IsForPrograms(PathString path) => path.StartsWithSegments("/api") || path.StartsWithSegments("/hubs");
}
