using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CryoHub.EndToEnd;

/// <summary>axe, on a page as it stands.</summary>
public static class Accessibility
{
    /// <summary>Fails on any violation that axe calls serious or critical, with the elements.</summary>
    public static async Task IsAccessibleAsync(this IPage page, string what)
    {
        var found = await page.RunAxe();
        var grave = found.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}").ToArray();
        Assert.True(grave.Length == 0, $"{what}: {string.Join("\n", grave)}");
    }

    /// <summary>Fails where the page scrolls sideways at the given width, once what follows the window's size has been drawn anew.</summary>
    public static async Task FitsAsync(this IPage page, ViewportSize size, string what)
    {
        await page.SetViewportSizeAsync(size.Width, size.Height);
        var width = await page.EvaluateAsync<int>("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(document.scrollingElement.scrollWidth))))");
        Assert.True(width <= size.Width, $"{what} is {width} px wide at {size.Width} px.");
    }
}
