using System.Diagnostics;
using System.Globalization;
using CryoHub.EndToEnd;
using CryoHub.EndToEnd.Processes;
using Microsoft.Playwright;

namespace CryoHub.Benchmarks.Cases;

/// <summary>500,000 polygons of twelve corners on one picture of 4096 x 4096: how long they take to import, to come as tiles, and to be seen and moved in a browser.</summary>
internal static class ShapesTable
{
    private const int Count = 500_000, Columns = 708, OfFile = 50_000, Side = 4096, Rounds = 3, Moves = 120;
    private const double Step = Side / (double)Columns;

    /// <summary>A canvas of 931 x 728 pixels shows close to 20,000 of them.</summary>
    private const string Near = "?x=2048&y=2048&zoom=1.05";

    public static async Task<int> PrintAsync()
    {
        await using var site = new LocalProcess();
        await site.StartAsync();
        await site.Api.SignInAsync(LocalProcess.Mail, site.Password);
        var bytes = ColourTiff.Of(Side, Side, (x, y) => ((byte)(x >> 5), (byte)(y >> 5), (byte)((x ^ y) >> 5)));
        var dataset = await site.Api.FinishUploadAsync(await site.Api.StartUploadAsync(await site.Api.NewProjectAsync("Grains"), "grains.tif", bytes.Length), bytes);
        await Until.TrueAsync("the picture to be read", async () => await site.Api.StatusOfDatasetAsync(dataset) == "ready");
        var layer = $"/api/datasets/{dataset}/signals/0/layer";
        await ImportAsync(site.Api, layer);
        await AskAsync(site.Api, "density of the whole picture", $"{layer}/tiles/12/0/0?density=true");
        await AskAsync(site.Api, "count of the whole picture", $"{layer}/count?left=0&top=0&right={Side}&bottom={Side}");
        await AskAsync(site.Api, "outlines of a tile of 512 pixels of the picture", $"{layer}/tiles/9/3/3");
        await AskAsync(site.Api, "outlines of a view of six such tiles", [.. Enumerable.Range(3, 3).SelectMany(_ => Enumerable.Range(3, 2), (x, y) => $"{layer}/tiles/9/{x}/{y}")]);
        await AskAsync(site.Api, "count of every class", $"{layer}/classes");

        await using var browser = await Browser.StartAsync();
        foreach (var (what, query) in new[] { ("whole picture, density", ""), ("20,000 outlines", Near) })
        {
            List<double> first = [], picture = [];
            for (var round = 0; round <= Rounds; round++)
            {
                var page = await OpenAsync(browser, site);
                var (bare, seconds) = await FirstPaintAsync(page, site, dataset, query);
                if (round > 0)   // the first compiles the server's pages
                {
                    first.Add(seconds);
                    picture.Add(bare);
                }

                if (round == Rounds)
                {
                    Say($"{what}: {await page.InnerTextAsync("[data-part=crowd]")}{await page.InnerTextAsync("[data-part=object-count]")}");
                    await PanAsync(page, what);
                }

                await page.Context.CloseAsync();
            }

            Say($"{what}: from asking for the page to the last shape in a fresh browser, median of {Rounds} {first.Order().ElementAt(Rounds / 2):F2} s, slowest {first.Max():F2}, of which the picture alone {picture.Order().ElementAt(Rounds / 2):F2} (wanted: below 2)");
        }

        return 0;
    }

    private static async Task ImportAsync(ApiClient api, string layer)
    {
        var (all, slowest) = (0.0, 0.0);
        for (var first = 0; first < Count; first += OfFile)
        {
            var file = PolygonFile.Of(first, OfFile, Columns, Step);
            var clock = Stopwatch.StartNew();
            await api.PutAsync($"{layer}/imports/{Guid.CreateVersion7():D}?name=grains.geojson&makeClasses=true&leaveOut=false", file);
            all += clock.Elapsed.TotalSeconds;
            slowest = Math.Max(slowest, clock.Elapsed.TotalSeconds);
        }

        Say($"import of {Count:N0} polygons in {Count / OfFile} files of GeoJSON: {all:F1} s, slowest file {slowest:F1} s");
    }

    private static async Task AskAsync(ApiClient api, string what, params string[] paths)
    {
        List<double> times = [];
        var bytes = 0;
        for (var round = 0; round <= Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            bytes = (await Task.WhenAll(paths.Select(api.BytesAsync))).Sum(answer => answer.Length);
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        Say($"{what}: {bytes:N0} bytes, first {times[0]:F0} ms, then median {times.Skip(1).Order().ElementAt(Rounds / 2):F0} ms");
    }

    private static async Task<IPage> OpenAsync(Browser browser, LocalProcess site)
    {
        var page = await browser.NewPageAsync();
        await page.Context.AddCookiesAsync(site.Api.Cookies.GetAllCookies().Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = site.Api.Address.ToString() }));
        // Script of each frame: everything that waited for it, by the frame's own time stamp.
        await page.AddInitScriptAsync("""
            const frames = window.scriptOfFrames = new Map(), ask = window.requestAnimationFrame.bind(window);
            window.requestAnimationFrame = act => ask(time => {
              const start = performance.now();
              try { act(time); } finally { frames.set(time, (frames.get(time) ?? 0) + performance.now() - start); }
            });
            """);
        return page;
    }

    private static async Task<(double Picture, double Shapes)> FirstPaintAsync(IPage page, LocalProcess site, string dataset, string query)
    {
        var clock = Stopwatch.StartNew();
        await page.GotoAsync($"{site.Api.Address}datasets/{dataset}/view{query}", new() { WaitUntil = WaitUntilState.Commit });
        await page.WaitForSelectorAsync("cryohub-viewer[data-ready=true]");
        var picture = clock.Elapsed.TotalSeconds;
        await page.WaitForSelectorAsync("cryohub-viewer[data-painted=true]");
        return (picture, clock.Elapsed.TotalSeconds);
    }

    /// <summary>Drags the picture to and fro; what the browser counts as script besides (handlers of the pointer, answers of the worker) is told as a mean.</summary>
    private static async Task PanAsync(IPage page, string what)
    {
        var box = (await page.Locator("[data-part=canvas]").BoundingBoxAsync())!;
        var (x, y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("Performance.enable");
        await page.EvaluateAsync("scriptOfFrames.clear()");
        var before = await ScriptAsync(devtools);
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        for (var move = 1; move <= Moves; move++)
        {
            await page.Mouse.MoveAsync(x + (float)(300 * Math.Sin(move / 20.0)), y + (float)(200 * Math.Sin(move / 13.0)));
        }

        await page.Mouse.UpAsync();
        var after = await ScriptAsync(devtools);
        var frames = (await page.EvaluateAsync<double[]>("[...scriptOfFrames.values()]")).Order().ToArray();
        Say($"{what}: {frames.Length} frames of a pan, script a frame: median {frames[frames.Length / 2]:F1} ms, 95 % below {frames[frames.Length * 95 / 100]:F1}, slowest {frames[^1]:F1}; all script {1000 * (after - before) / frames.Length:F1} ms a frame (wanted: below 16)");
    }

    private static async Task<double> ScriptAsync(ICDPSession devtools) =>
        (await devtools.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray().Single(metric => metric.GetProperty("name").GetString() == "ScriptDuration").GetProperty("value").GetDouble();

    private static void Say(FormattableString words) => Console.WriteLine(words.ToString(CultureInfo.InvariantCulture));
}
