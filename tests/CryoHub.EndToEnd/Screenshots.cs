using CryoHub.TestKit;
using Microsoft.Playwright;

namespace CryoHub.EndToEnd;

/// <summary>Pictures for people to look at, in <c>artifacts/screenshots</c>.</summary>
public static class Screenshots
{
    private static readonly string Folder = Path.Combine(SharedData.Root, "artifacts", "screenshots");

    public static Task KeepAsync(this IPage page, string name) => page.ScreenshotAsync(new() { Path = PathOf(name) });

    public static string PathOf(string name) => Path.Combine(Folder, name + ".png");
}
