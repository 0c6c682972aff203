using System.Text.Json;
using System.Text.Json.Nodes;
using CryoHub.EndToEnd.Processes;
using Microsoft.Playwright;

namespace CryoHub.EndToEnd;

/// <summary>A signed-in person at a browser; the page's own session also asks the API.</summary>
internal sealed class Visitor(IPage page, LocalProcess site)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public IPage Page { get; } = page;

    /// <summary>The administrator.</summary>
    public static Task<Visitor> SignInAsync(Browser browser, LocalProcess site, ViewportSize? size = null) => SignInAsync(browser, site, LocalProcess.Mail, site.Password, size);

    public static async Task<Visitor> SignInAsync(Browser browser, LocalProcess site, string mail, string password, ViewportSize? size = null)
    {
        var page = await browser.NewPageAsync(size);
        await page.GotoAsync($"{site.Api.Address}account/sign-in");
        await page.FillAsync("#email", mail);
        await page.FillAsync("#password", password);
        await page.ClickAsync("button[type=submit]");
        await page.WaitForURLAsync("**/projects");
        return new Visitor(page, site);
    }

    /// <summary>Opens a page and waits until its heading stands.</summary>
    public async Task OpenAsync(string path)
    {
        await Page.GotoAsync($"{site.Api.Address}{path}");
        await Page.WaitForSelectorAsync("h1, cryohub-viewer[data-ready=true] canvas", new() { State = WaitForSelectorState.Attached });
    }

    public Task ClickAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();

    public async Task<JsonNode> GetAsync(string path)
    {
        var answer = await Page.Context.APIRequest.GetAsync($"{site.Api.Address}{path}");
        Assert.True(answer.Ok, $"{path}: {answer.Status}");
        return JsonNode.Parse(await answer.TextAsync())!;
    }

    public async Task<JsonNode> PostAsync(string path, JsonNode body)
    {
        var answer = await Page.Context.APIRequest.PostAsync($"{site.Api.Address}{path}", new()
        {
            DataString = body.ToJsonString(),
            Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json", ["Origin"] = site.Api.Address.GetLeftPart(UriPartial.Authority) },
        });
        Assert.True(answer.Ok, $"{path}: {answer.Status} {await answer.TextAsync()}");
        return JsonNode.Parse(await answer.TextAsync())!;
    }

    /// <summary>Asks until the answer is as wanted; fails with the last answer after two minutes.</summary>
    public async Task<JsonNode> UntilAsync(string path, Func<JsonNode, bool> isWanted, CancellationToken ct)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        end.CancelAfter(Patience);
        var answer = await GetAsync(path);
        while (!isWanted(answer))
        {
            try
            {
                await clock.WaitForNextTickAsync(end.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                Assert.Fail($"{path} still answers {answer.ToJsonString(new JsonSerializerOptions { WriteIndented = true })}");
            }

            answer = await GetAsync(path);
        }

        return answer;
    }

    /// <summary>Submits an analysis of one signal and waits for its result's id.</summary>
    public async Task<string> RunAsync(string project, string analysis, string dataset, int signal, JsonObject parameters, CancellationToken ct)
    {
        var job = await PostAsync("api/jobs", new JsonObject
        {
            ["projectId"] = project,
            ["analysis"] = analysis,
            ["inputs"] = new JsonArray(new JsonObject { ["role"] = "signal", ["datasetId"] = dataset, ["signal"] = signal }),
            ["parameters"] = parameters,
        });
        var id = (string)job["job"]!["id"]!;
        var ended = await UntilAsync($"api/jobs/{id}", answer => (string?)answer["job"]!["status"] is "succeeded" or "failed" or "cancelled", ct);
        Assert.Equal("succeeded", (string?)ended["job"]!["status"]);
        return (string)ended["job"]!["resultId"]!;
    }
}
