using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using CryoHub.Platform.Labs;

namespace CryoHub.Web.Tests.Accounts;

public sealed class TokenTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_reads_with_scope_read_and_changes_nothing()
    {
        var lab = await app.Scene.LabAsync((await app.PersonAsync("ida"), LabRole.Owner));
        var project = await app.Scene.ProjectAsync(lab);
        using var script = Script((await CreateAsync("ida", "read")).Token);
        Assert.Equal(HttpStatusCode.OK, (await script.GetAsync($"/api/projects/{project}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await script.DeleteAsync($"/api/projects/{project}", Ct)).StatusCode);
    }

    [Fact]
    public async Task No_token_makes_another_token()
    {
        using var script = Script((await CreateAsync("jana", "read", "write", "upload", "run")).Token);
        var answer = await script.PostAsJsonAsync("/api/me/tokens", new { Name = "x", Scopes = new[] { "read" }, Days = 1 }, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_revoked_token_is_dead_at_once()
    {
        var token = await CreateAsync("kira", "read");
        using var script = Script(token.Token);
        Assert.Equal(HttpStatusCode.OK, (await script.GetAsync("/api/me", Ct)).StatusCode);
        using var browser = await app.ClientForAsync("kira");
        await browser.DeleteAsync($"/api/me/tokens/{token.Id}", Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, (await script.GetAsync("/api/me", Ct)).StatusCode);
    }

    [Theory]
    [InlineData("admin", 10)]
    [InlineData("read", 0)]
    [InlineData("read", 367)]
    public async Task A_token_needs_known_scopes_and_an_end(string scope, int days)
    {
        using var browser = await app.ClientForAsync("lotte");
        var answer = await browser.PostAsJsonAsync("/api/me/tokens", new { Name = "x", Scopes = new[] { scope }, Days = days }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private async Task<TokenAnswer> CreateAsync(string name, params string[] scopes)
    {
        using var browser = await app.ClientForAsync(name);
        var answer = await browser.PostAsJsonAsync("/api/me/tokens", new { Name = "script", Scopes = scopes, Days = 1 }, Ct);
        return (await answer.Content.ReadFromJsonAsync<TokenAnswer>(Ct))!;
    }

    private HttpClient Script(string token)
    {
        var client = app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private sealed record TokenAnswer(Guid Id, string Token);
}
