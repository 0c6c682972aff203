using System.Net;
using System.Net.Http.Json;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Web.Tests.Accounts;

public sealed class InvitationTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invited_person_gets_an_account_and_a_place_in_the_lab_once()
    {
        var code = await InviteAsync("newcomer@example.org");
        using var browser = app.Browser();
        var accept = new { Code = code, DisplayName = "New Comer", Password = "a long new password" };
        Assert.Equal(HttpStatusCode.NoContent, (await browser.PostAsJsonAsync("/api/account/invitation", accept, Ct)).StatusCode);
        var me = await browser.GetFromJsonAsync<MeAnswer>("/api/me", Ct);
        Assert.Equal("New Comer", me!.DisplayName);
        Assert.Single(me.Labs);

        using var second = app.Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await second.PostAsJsonAsync("/api/account/invitation", accept, Ct)).StatusCode);
    }

    [Fact]
    public async Task A_code_is_of_no_use_to_somebody_else()
    {
        var code = await InviteAsync("meant@example.org");
        using var thief = await app.ClientForAsync("thief");
        Assert.Equal(HttpStatusCode.NotFound, (await thief.PostAsJsonAsync("/api/account/invitation", new { Code = code }, Ct)).StatusCode);
    }

    [Fact]
    public async Task The_database_does_not_know_the_code()
    {
        var code = await InviteAsync("hashed@example.org");
        var stored = await app.Scene.ReadAsync(db => db.Invitations.Where(i => i.Email == "hashed@example.org").Select(i => i.CodeHash).SingleAsync(Ct));
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(code)), stored);
    }

    private async Task<string> InviteAsync(string email)
    {
        var lab = await app.Scene.LabAsync((await app.PersonAsync("host"), LabRole.Owner));
        using var host = await app.ClientForAsync("host");
        (await host.PostAsJsonAsync($"/api/labs/{lab}/invitations", new { Email = email, Role = "member" }, Ct)).EnsureSuccessStatusCode();
        return await app.Mailbox.NextLinkAsync("code");
    }

    private sealed record MeAnswer(string DisplayName, List<LabAnswer> Labs);

    private sealed record LabAnswer(Guid Id);
}
