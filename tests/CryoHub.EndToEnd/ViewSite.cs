using CryoHub.EndToEnd.Processes;
using CryoHub.TestKit;
using Microsoft.Playwright;

namespace CryoHub.EndToEnd;

/// <summary>A site with one project and one browser, for tests that upload a file and look at it.</summary>
public sealed class ViewSite : IAsyncLifetime
{
    private readonly LocalProcess site = new();
    private Browser? browser;

    internal ApiClient Api => site.Api;

    public string Project { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await site.StartAsync();
        await Api.SignInAsync(LocalProcess.Mail, site.Password);
        Project = await Api.NewProjectAsync("First views");
        browser = await Browser.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await (browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        await site.DisposeAsync();
    }

    /// <summary>Uploads a real file and waits until it has been read, or refused.</summary>
    public async Task<string> UploadRealAsync(string path) =>
        await UploadAsync(Path.GetFileName(path), await File.ReadAllBytesAsync(SharedData.PathOf(path), TestContext.Current.CancellationToken));

    public async Task<string> UploadAsync(string name, byte[] bytes)
    {
        var dataset = await Api.FinishUploadAsync(await Api.StartUploadAsync(Project, name, bytes.Length), bytes);
        await Until.TrueAsync($"{name} to be read", async () => await Api.StatusOfDatasetAsync(dataset) is "ready" or "unreadable");
        return dataset;
    }

    /// <summary>A page of the site, signed in; closed with the browser.</summary>
    public async Task<IPage> OpenAsync(string path)
    {
        var page = await browser!.NewPageAsync();
        await page.Context.AddCookiesAsync(Api.Cookies.GetAllCookies().Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = Api.Address.ToString() }));
        await page.GotoAsync(new Uri(Api.Address, path).ToString());
        return page;
    }

    /// <summary>The viewer on one signal, drawn.</summary>
    public async Task<IPage> OpenViewerAsync(string dataset, string query = "")
    {
        var page = await OpenAsync($"/datasets/{dataset}/view{query}");
        await page.WaitForSelectorAsync("cryohub-viewer[data-ready=true]");
        return page;
    }

    /// <summary>A picture at both sizes, looked at by axe: nothing serious, nothing wider than the screen.</summary>
    public static async Task KeepAsync(IPage page, string name)
    {
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await page.KeepAsync($"{name}-1280");
        await page.IsAccessibleAsync(name);
        await page.FitsAsync(Browser.Phone, name);
        await page.KeepAsync($"{name}-390");
        await page.SetViewportSizeAsync(Browser.Desktop.Width, Browser.Desktop.Height);
    }
}
