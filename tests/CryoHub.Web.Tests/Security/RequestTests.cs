using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CryoHub.Web.Tests.Security;

public sealed class RequestTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "none", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.NoContent)]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://localhost", HttpStatusCode.NoContent)]
    [InlineData("X-Nothing", "said", HttpStatusCode.Forbidden)]
    public async Task Another_site_cannot_act_with_a_persons_cookie(string header, string value, HttpStatusCode expected)
    {
        using var browser = await app.ClientForAsync("sina");
        browser.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        browser.DefaultRequestHeaders.Add(header, value);
        var answer = await browser.PutAsJsonAsync("/api/me", new { DisplayName = "Sina" }, Ct);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Another_site_cannot_open_a_socket_with_a_persons_cookie()
    {
        using var browser = await app.ClientForAsync("tina");
        browser.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        browser.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        browser.DefaultRequestHeaders.Add("Connection", "Upgrade");
        browser.DefaultRequestHeaders.Add("Upgrade", "websocket");
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/api/me", Ct)).StatusCode);
    }

    [Fact]
    public async Task Browsers_are_told_to_run_no_script_inside_pages_and_to_guess_no_types()
    {
        using var browser = app.Anonymous();
        var headers = (await browser.GetAsync("/healthz/live", Ct)).Headers;
        var policy = headers.GetValues("Content-Security-Policy").Single();
        var scripts = policy.Split("; ").Single(part => part.StartsWith("script-src", StringComparison.Ordinal));
        Assert.DoesNotContain("unsafe-inline", scripts, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-eval'", scripts, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", headers.GetValues("Referrer-Policy").Single());
    }

    [Theory]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/me", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/api/datasets?minBeamEnergyKeV=much", HttpStatusCode.BadRequest)]
    public async Task Every_refusal_is_a_problem_document(string method, string url, HttpStatusCode status)
    {
        using var browser = url.Contains("datasets", StringComparison.Ordinal) ? await app.ClientForAsync("uta") : app.Anonymous();
        var answer = await browser.SendAsync(new HttpRequestMessage(new HttpMethod(method), url), Ct);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task The_interface_describes_itself_in_OpenAPI_3_1()
    {
        using var anybody = app.Anonymous();
        var document = await anybody.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Ct);
        Assert.StartsWith("3.1.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var edit = document.GetProperty("paths").GetProperty("/api/datasets/{id}").GetProperty("put").GetProperty("responses");
        Assert.Equal(["200", "400", "403", "404", "409"], edit.EnumerateObject().Select(response => response.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_list_is_paged_and_no_page_is_endless()
    {
        using var browser = await app.ClientForAsync("vera");
        var page = await browser.GetFromJsonAsync<JsonElement>("/api/datasets?skip=-5&take=100000", Ct);
        Assert.Equal(0, page.GetProperty("skip").GetInt32());
        Assert.Equal(200, page.GetProperty("take").GetInt32());
    }
}
