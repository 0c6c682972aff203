using Microsoft.Playwright;

namespace CryoHub.EndToEnd;

/// <summary>Debian's Chromium, driven by Playwright; WebGL through SwiftShader, as there is no graphics card.</summary>
public sealed class Browser : IAsyncDisposable
{
    public static readonly ViewportSize Desktop = new() { Width = 1280, Height = 800 };
    public static readonly ViewportSize Phone = new() { Width = 390, Height = 844 };

    private readonly IPlaywright playwright;
    private readonly IBrowser chromium;

    private Browser(IPlaywright playwright, IBrowser chromium) => (this.playwright, this.chromium) = (playwright, chromium);

    /// <param name="video">A .y4m file that stands for the camera; without it there is none.</param>
    public static async Task<Browser> StartAsync(string? video = null)
    {
        var playwright = await Playwright.CreateAsync();
        var chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
                .. video is null ? Array.Empty<string>() : ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", $"--use-file-for-fake-video-capture={video}"],
            ],
        });
        return new Browser(playwright, chromium);
    }

    /// <summary>A fresh profile: no cookies, no storage.</summary>
    public async Task<IPage> NewPageAsync(ViewportSize? size = null)
    {
        var context = await chromium.NewContextAsync(new() { ViewportSize = size ?? Desktop, AcceptDownloads = true, ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(30_000);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        playwright.Dispose();
    }
}
