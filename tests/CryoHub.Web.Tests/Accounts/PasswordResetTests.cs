using System.Net;
using System.Net.Http.Json;

namespace CryoHub.Web.Tests.Accounts;

public sealed class PasswordResetTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_sets_a_new_password_once_and_ends_open_sessions()
    {
        using var elsewhere = await app.ClientForAsync("gina");
        using var browser = app.Anonymous();
        await browser.PostAsJsonAsync("/api/account/forgot", new { Email = TestApp.MailOf("gina") }, Ct);
        var set = new { Email = TestApp.MailOf("gina"), Code = await app.Mailbox.NextLinkAsync("code"), Password = "another long password" };

        Assert.Equal(HttpStatusCode.NoContent, (await browser.PostAsJsonAsync("/api/account/password", set, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.PostAsJsonAsync("/api/account/sign-in", new { set.Email, set.Password }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsJsonAsync("/api/account/password", set, Ct)).StatusCode);
    }

    [Fact]
    public async Task An_unknown_address_gets_the_answer_of_a_known_one()
    {
        await app.PersonAsync("hilde");
        using var browser = app.Anonymous();
        var answers = new List<string>();
        foreach (var name in (string[])["hilde", "nobody"])
        {
            var answer = await browser.PostAsJsonAsync("/api/account/forgot", new { Email = TestApp.MailOf(name) }, Ct);
            answers.Add($"{answer.StatusCode} {await answer.Content.ReadAsStringAsync(Ct)}");
        }

        Assert.Equal(answers[0], answers[1]);
        await app.Mailbox.NextAsync();
    }
}
