using CryoHub.EndToEnd.Processes;
using Microsoft.Playwright;

namespace CryoHub.EndToEnd;

/// <summary>A site, a picture in it, and two people who open it in browsers of their own.</summary>
public sealed class Together : IAsyncLifetime
{
    private Browser? browser;
    private ApiClient? mateo;

    internal LocalProcess Site { get; } = new();

    public string Dataset { get; private set; } = "";

    /// <summary>The second person, who may draw and paint.</summary>
    internal ApiClient Mateo => mateo!;

    public async ValueTask InitializeAsync()
    {
        await Site.StartAsync();
        await Site.Api.SignInAsync(LocalProcess.Mail, Site.Password);
        browser = await Browser.StartAsync();
        var project = await Site.Api.NewProjectAsync("Together");
        var bytes = ColourTiff.Of(320, 240, (x, y) => ((byte)(x / 2), (byte)(y / 2), (byte)((x ^ y) & 127)));
        Dataset = await Site.Api.FinishUploadAsync(await Site.Api.StartUploadAsync(project, "together.tif", bytes.Length), bytes);
        await Until.TrueAsync("the picture to be read", async () => await Site.Api.StatusOfDatasetAsync(Dataset) == "ready");
        mateo = await new Newcomer("Mateo Ruiz").JoinAsync(Site, project, "annotator");
    }

    public async ValueTask DisposeAsync()
    {
        mateo?.Dispose();
        await (browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Site.DisposeAsync();
    }

    /// <summary>The picture in a person's browser; without <paramref name="page"/> in one of its own.</summary>
    internal async Task<IPage> OpenAsync(ApiClient person, IPage? page = null)
    {
        page ??= await browser!.NewPageAsync();
        await page.Context.AddCookiesAsync(person.Cookies.GetAllCookies().Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = person.Address.ToString() }));
        await page.GotoAsync(new Uri(person.Address, $"/datasets/{Dataset}/view").ToString());
        await page.WaitForSelectorAsync("cryohub-viewer[data-ready=true][data-annotate=true]");
        return page;
    }

    /// <summary>The tab dies and another one opens in the same browser.</summary>
    internal async Task<IPage> CrashAsync(ApiClient person, IPage page)
    {
        var context = page.Context;
        await page.CloseAsync();
        await context.SetOfflineAsync(false);
        return await OpenAsync(person, await context.NewPageAsync());
    }

    /// <summary>A place on the screen, by parts of the canvas.</summary>
    public static async Task<(float Left, float Top)> PlaceAsync(IPage page, double x, double y)
    {
        var canvas = (await page.Locator("[data-part=canvas]").BoundingBoxAsync())!;
        return ((float)(canvas.X + (x * canvas.Width)), (float)(canvas.Y + (y * canvas.Height)));
    }
}
