using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;

namespace CryoHub.Web.Tests.Accounts;

public sealed class SignInTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unknown_address_wrong_password_and_locked_account_get_the_same_words()
    {
        await app.PersonAsync("lena");
        await app.PersonAsync("locked");
        using var browser = app.Anonymous();
        for (var attempt = 0; attempt < 6; attempt++)
        {
            await SignInAsync(browser, "locked", "wrong");
        }

        var answers = new[]
        {
            await SignInAsync(browser, "nobody", TestApp.Password), await SignInAsync(browser, "lena", "wrong"),
            await SignInAsync(browser, "locked", TestApp.Password),
        };
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
        var details = new HashSet<string?>();
        foreach (var answer in answers)
        {
            details.Add((await answer.Content.ReadFromJsonAsync<Problem>(Ct))!.Detail);
        }

        Assert.Single(details);
    }

    [Fact]
    public async Task Unknown_and_known_addresses_take_the_same_time()
    {
        await app.PersonAsync("timed");
        using var browser = app.Anonymous();
        await SignInAsync(browser, "nobody", "warm");
        var (known, unknown) = (new List<double>(), new List<double>());
        for (var round = 0; round < 4; round++)   // below the limit that locks the account
        {
            known.Add(await MillisecondsAsync(() => SignInAsync(browser, "timed", "wrong")));
            unknown.Add(await MillisecondsAsync(() => SignInAsync(browser, "nobody", "wrong")));
        }

        // Both contain one password hash, which is nearly all of the time; without it the unknown address would answer ten times faster.
        Assert.InRange(unknown.Min() / known.Min(), 0.4, 2.5);
    }

    [Theory]
    [InlineData("//evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/projects?x=1", "/projects?x=1")]
    public async Task After_signing_in_only_pages_of_this_site_are_opened(string returnUrl, string opened)
    {
        await app.PersonAsync("rita");
        using var browser = app.Anonymous();
        var form = new Dictionary<string, string> { ["email"] = TestApp.MailOf("rita"), ["password"] = TestApp.Password, ["returnUrl"] = returnUrl };
        var answer = await browser.PostAsync("/account/do/sign-in", new FormUrlEncodedContent(form), Ct);
        Assert.Equal(opened, answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts()
    {
        await app.PersonAsync("cara");
        using var browser = app.Anonymous();
        var answer = await SignInAsync(browser, "cara", TestApp.Password);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("cryohub=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Signing_out_is_final_for_the_browser()
    {
        await app.PersonAsync("olga");
        using var browser = app.Browser();
        await SignInAsync(browser, "olga", TestApp.Password);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/me", Ct)).StatusCode);
        await browser.PostAsync("/api/account/sign-out", null, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/me", Ct)).StatusCode);
    }

    private static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string name, string password) =>
        browser.PostAsJsonAsync("/api/account/sign-in", new { Email = TestApp.MailOf(name), Password = password }, Ct);

    private static async Task<double> MillisecondsAsync(Func<Task> act)
    {
        var clock = Stopwatch.StartNew();
        await act();
        return clock.Elapsed.TotalMilliseconds;
    }

    private sealed record Problem(string? Detail);
}
