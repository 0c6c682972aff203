using System.Diagnostics;
using System.Globalization;
using CryoHub.EndToEnd;
using CryoHub.EndToEnd.Processes;
using Microsoft.Playwright;

namespace CryoHub.Benchmarks.Cases;

/// <summary>How soon a stack of 1 GiB is seen once it is "Ready": from asking for the viewer's page to the drawn picture, in a browser that has never been there
/// (nothing cached, scripts compiled anew) and once more where the scripts are known.</summary>
internal static class FirstViewTable
{
    private const int Rounds = 5;

    public static async Task<int> PrintAsync()
    {
        await using var site = new LocalProcess();
        await site.StartAsync();
        await site.Api.SignInAsync(LocalProcess.Mail, site.Password);
        var dataset = await UploadAsync(site.Api);
        await using var browser = await Browser.StartAsync();
        List<double> first = [], again = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var page = await browser.NewPageAsync();
            await page.Context.AddCookiesAsync(site.Api.Cookies.GetAllCookies().Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = site.Api.Address.ToString() }));
            var (unknown, known) = (await SecondsAsync(page, site, dataset), await SecondsAsync(page, site, dataset));
            if (round > 0)   // the first compiles the server's pages
            {
                first.Add(unknown);
                again.Add(known);
            }

            await page.Context.CloseAsync();
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first view of 1 GiB after Ready, median of {Rounds}: fresh browser {Median(first):F2} s, scripts known {Median(again):F2} s"));
        return 0;
    }

    private static async Task<string> UploadAsync(ApiClient api)
    {
        var path = LargeFile.Make();
        try
        {
            var bytes = await File.ReadAllBytesAsync(path);
            var dataset = await api.FinishUploadAsync(await api.StartUploadAsync(await api.NewProjectAsync("First view"), "stack.mrc", bytes.Length), bytes);
            await Until.TrueAsync("the stack to be read", async () => await api.StatusOfDatasetAsync(dataset) == "ready");
            return dataset;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<double> SecondsAsync(IPage page, LocalProcess site, string dataset)
    {
        await page.GotoAsync("about:blank");
        var clock = Stopwatch.StartNew();
        await page.GotoAsync($"{site.Api.Address}datasets/{dataset}/view", new() { WaitUntil = WaitUntilState.Commit });
        await page.WaitForSelectorAsync("cryohub-viewer[data-ready=true]");
        return clock.Elapsed.TotalSeconds;
    }

    private static double Median(List<double> all) => all.Order().ElementAt(all.Count / 2);
}
