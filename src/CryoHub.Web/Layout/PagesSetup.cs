using CryoHub.Web.Problems;
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
        // Programs get problem documents instead: run again as a page, their refused POST would become another refusal.
        app.UseWhen(context => !ProblemSetup.IsApi(context), pages => pages.UseStatusCodePagesWithReExecute("/not-found"));
        app.MapStaticAssets().AllowAnonymous();
        // No antiforgery tokens: OriginGuard refuses every unsafe request of another site, circuits included.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().DisableAntiforgery();
        app.MapGet("/", () => TypedResults.LocalRedirect("/projects")).ExcludeFromDescription();
    }
}
