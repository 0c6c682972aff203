using System.Net;
using System.Net.Http.Json;
using CryoHub.Web.Security;

namespace CryoHub.Web.Tests.Accounts;

/// <summary>A12: send an own secret, replay a code, skip a step.</summary>
public sealed class SecondFactorTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string lastSixDigits)
    {
        // RFC 6238, appendix B (SHA-1; the appendix shows eight digits, apps show the last six).
        Assert.Equal(lastSixDigits, TimeCode.Of("12345678901234567890"u8, TimeCode.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));
    }

    [Theory]
    [InlineData("MZXW6YTBOI======", "foobar")]
    [InlineData("mzxw6", "foo")]
    public void Keys_are_read_as_the_standard_says(string text, string bytes)
    {
        Assert.Equal(bytes, System.Text.Encoding.ASCII.GetString(Base32.Decode(text)));   // RFC 4648, section 10
    }

    [Fact]
    public async Task The_password_alone_opens_nothing()
    {
        await EnrolAsync("anna");
        using var browser = app.Browser();
        Assert.Equal("second-factor-needed", await SignInAsync(browser, "anna"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/me", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_code_works_once()
    {
        var secret = await EnrolAsync("berta");
        var code = TimeCode.Of(secret, Step + 1);   // the step after the one that was used to enrol
        using var first = app.Browser();
        await SignInAsync(first, "berta");
        Assert.Equal(HttpStatusCode.OK, await SecondStepAsync(first, new { code }));
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/api/me", Ct)).StatusCode);

        using var replay = app.Browser();
        await SignInAsync(replay, "berta");
        Assert.Equal(HttpStatusCode.Unauthorized, await SecondStepAsync(replay, new { code }));
    }

    [Fact]
    public async Task The_second_step_without_the_first_is_refused()
    {
        var secret = await EnrolAsync("clara");
        using var browser = app.Browser();
        Assert.Equal(HttpStatusCode.Unauthorized, await SecondStepAsync(browser, new { Code = TimeCode.Of(secret, Step + 1), Email = TestApp.MailOf("clara") }));
    }

    [Fact]
    public async Task A_secret_in_the_request_counts_for_nothing()
    {
        await app.PersonAsync("dora");
        using var browser = app.Browser();
        await SignInAsync(browser, "dora");
        await browser.PostAsync("/api/me/second-factor/key", null, Ct);
        var answer = await browser.PostAsJsonAsync(
            "/api/me/second-factor", new { Code = TimeCode.Of("own secret"u8, Step), Key = "N53W4IDTMVRXEZLU", Secret = "N53W4IDTMVRXEZLU" }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_recovery_code_works_once()
    {
        var codes = new List<string>();
        await EnrolAsync("emma", codes);
        Assert.Equal(10, codes.Count);
        using var browser = app.Browser();
        await SignInAsync(browser, "emma");
        Assert.Equal(HttpStatusCode.OK, await SecondStepAsync(browser, new { RecoveryCode = codes[0] }));
        using var again = app.Browser();
        await SignInAsync(again, "emma");
        Assert.Equal(HttpStatusCode.Unauthorized, await SecondStepAsync(again, new { RecoveryCode = codes[0] }));
    }

    private static long Step => TimeCode.StepAt(TimeProvider.System.GetUtcNow());

    private static async Task<string> SignInAsync(HttpClient browser, string name)
    {
        var answer = await browser.PostAsJsonAsync("/api/account/sign-in", new { Email = TestApp.MailOf(name), TestApp.Password }, Ct);
        return (await answer.Content.ReadFromJsonAsync<Outcome>(Ct))!.Value;
    }

    private static async Task<HttpStatusCode> SecondStepAsync(HttpClient browser, object step) =>
        (await browser.PostAsJsonAsync("/api/account/second-step", step, Ct)).StatusCode;

    private async Task<byte[]> EnrolAsync(string name, List<string>? recoveryCodes = null)
    {
        await app.PersonAsync(name);
        using var browser = app.Browser();
        await SignInAsync(browser, name);
        var begun = await browser.PostAsync("/api/me/second-factor/key", null, Ct);
        var secret = Base32.Decode((await begun.Content.ReadFromJsonAsync<Key>(Ct))!.Text);
        var confirmed = await browser.PostAsJsonAsync("/api/me/second-factor", new { Code = TimeCode.Of(secret, Step) }, Ct);
        confirmed.EnsureSuccessStatusCode();
        recoveryCodes?.AddRange((await confirmed.Content.ReadFromJsonAsync<Codes>(Ct))!.List);
        return secret;
    }

    private sealed record Outcome([property: System.Text.Json.Serialization.JsonPropertyName("outcome")] string Value);

    private sealed record Key([property: System.Text.Json.Serialization.JsonPropertyName("key")] string Text);

    private sealed record Codes([property: System.Text.Json.Serialization.JsonPropertyName("codes")] List<string> List);
}
