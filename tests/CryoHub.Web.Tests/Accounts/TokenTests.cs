using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;

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

    [Theory]
    [InlineData("/account")]
    [InlineData("/projects")]
    public async Task No_token_opens_a_page_whose_circuit_could_do_what_its_scopes_forbid(string page)
    {
        using var script = app.Anonymous();
        script.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await CreateAsync("mona", "read", "write")).Token);
        var answer = await script.GetAsync(page, Ct);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/account/sign-in", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
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

    [Fact]
    public async Task A_revoked_token_loses_its_open_hub_connection()
    {
        var token = await CreateAsync("nils", "read");
        using var socket = await ConnectAsync(token);
        using var browser = await app.ClientForAsync("nils");
        await browser.DeleteAsync($"/api/me/tokens/{token.Id}", Ct);

        await socket.EndsAsync();
    }

    [Fact]
    public async Task An_expired_token_loses_its_open_hub_connection()
    {
        var token = await CreateAsync("olga", "read");
        var soon = TimeProvider.System.GetUtcNow().AddSeconds(1);
        await app.Scene.ReadAsync(db => db.AccessTokens.Where(t => t.Id == token.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.ExpiresAt, soon), Ct));
        using var socket = await ConnectAsync(token);
        await socket.EndsAsync();
    }

    [Theory]
    [InlineData("read", HttpStatusCode.OK)]
    [InlineData("upload", HttpStatusCode.Forbidden)]
    public async Task A_token_that_reads_may_hear_news(string scope, HttpStatusCode expected)
    {
        using var script = Script((await CreateAsync("pia", scope)).Token);
        Assert.Equal(expected, (await script.PostAsync("/hubs/jobs/negotiate?negotiateVersion=1", null, Ct)).StatusCode);
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

    private Task<HubSocket> ConnectAsync(TokenAnswer token) => HubSocket.OpenAsync(app, "Authorization", $"Bearer {token.Token}");

    private HttpClient Script(string token)
    {
        var client = app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private sealed record TokenAnswer(Guid Id, string Token);
}
