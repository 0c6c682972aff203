using Microsoft.Playwright;

namespace CryoHub.EndToEnd;

/// <summary>W02: should text with a script ever reach a place where it would become markup, the browser itself refuses it.</summary>
public sealed class TrustedTypesTests(ViewSite site) : IClassFixture<ViewSite>
{
    [Theory]
    [InlineData("""<img src="x" onerror="document.title = 'taken'">""", "onerror")]
    [InlineData("<script>document.title = 'taken'</script>", "a script")]
    [InlineData("""<script src="https://example.org/x.js"></script>""", "a script")]
    [InlineData("""<svg><a xlink:href=" javascript:void(0)">x</a></svg>""", "xlink:href")]
    [InlineData("""<template><b onclick="void(0)">x</b></template>""", "onclick")]
    [InlineData("""<iframe srcdoc="x"></iframe>""", "iframe")]
    public async Task Markup_with_a_script_is_refused(string markup, string reason)
    {
        var page = await site.OpenAsync("/projects");
        var answer = await page.EvaluateAsync<string>("markup => { try { document.createElement('div').innerHTML = markup; return 'taken'; } catch (error) { return error.message; } }", markup);
        Assert.Contains(reason, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scripts_and_workers_come_from_this_site_only_and_text_is_no_program()
    {
        var page = await site.OpenAsync("/projects");
        Assert.Contains("only those of", await TriedAsync("() => new Worker('https://example.org/x.js')"), StringComparison.Ordinal);
        Assert.Contains("only those of", await TriedAsync("() => { document.createElement('script').src = 'data:text/javascript,1'; }"), StringComparison.Ordinal);
        Assert.Contains("TrustedScript", await TriedAsync("() => { document.createElement('script').text = '1'; }"), StringComparison.Ordinal);
        Assert.Equal("allowed", await TriedAsync("() => { document.createElement('div').innerHTML = '<b>1 &lt; 2</b>'; }"));
        Assert.Equal("allowed", await TriedAsync("() => { document.createElement('script').src = '/js/shell.js'; }"));

        Task<string> TriedAsync(string act) => page.EvaluateAsync<string>($"() => {{ try {{ ({act})(); return 'allowed'; }} catch (error) {{ return error.message; }} }}");
    }
}
