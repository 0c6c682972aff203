using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
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

    [Fact]
    public async Task Sharing_with_a_mail_address_does_not_tell_whether_it_has_an_account()
    {
        await app.PersonAsync("known");
        var project = await app.Scene.ProjectAsync(await app.Scene.LabAsync((await app.PersonAsync("host"), LabRole.Owner)));
        using var host = await app.ClientForAsync("host");
        foreach (var name in new[] { "known", "unknown" })
        {
            var answer = await host.PostAsJsonAsync($"/api/projects/{project}/shares", new { Email = TestApp.MailOf(name), Role = "viewer" }, Ct);
            Assert.Equal((HttpStatusCode.NoContent, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct)));
            Assert.Equal(TestApp.MailOf(name), (await app.Mailbox.NextAsync()).To);
        }

        var (shares, waiting) = (await ListAsync(host, $"/api/projects/{project}/shares"), await ListAsync(host, $"/api/projects/{project}/invitations"));
        Assert.Empty(shares);
        Assert.Equal([TestApp.MailOf("known"), TestApp.MailOf("unknown")], waiting.Select(row => row.GetProperty("email").GetString()).Order());
        Assert.Equal([.. waiting[0].EnumerateObject().Select(field => field.Name)], waiting[1].EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task A_project_shared_by_mail_is_seen_once_the_invitation_is_accepted_and_not_before()
    {
        await app.PersonAsync("guest");
        var project = await app.Scene.ProjectAsync(await app.Scene.LabAsync((await app.PersonAsync("host"), LabRole.Owner)));
        using var host = await app.ClientForAsync("host");
        using var guest = await app.ClientForAsync("guest");
        (await host.PostAsJsonAsync($"/api/projects/{project}/shares", new { Email = TestApp.MailOf("guest"), Role = "editor" }, Ct)).EnsureSuccessStatusCode();
        var code = await app.Mailbox.NextLinkAsync("code");
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync($"/api/projects/{project}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await guest.PostAsJsonAsync("/api/account/invitation", new { Code = code }, Ct)).StatusCode);
        Assert.Equal("editor", (await guest.GetFromJsonAsync<JsonElement>($"/api/projects/{project}", Ct)).GetProperty("role").GetString());
        Assert.Empty(await ListAsync(host, $"/api/projects/{project}/invitations"));
        Assert.Single(await ListAsync(host, $"/api/projects/{project}/shares"));
    }

    [Fact]
    public async Task A_manager_takes_a_project_for_the_whole_lab_and_a_member_does_not()
    {
        var project = await app.Scene.ProjectAsync(await app.Scene.LabAsync((await app.PersonAsync("host"), LabRole.Owner)));
        var (head, colleague) = (await app.PersonAsync("partner"), await app.PersonAsync("colleague"));
        var lab = await app.Scene.LabAsync((head, LabRole.Owner), (colleague, LabRole.Member));
        using var host = await app.ClientForAsync("host");
        using var partner = await app.ClientForAsync("partner");
        using var member = await app.ClientForAsync("colleague");
        foreach (var name in new[] { "colleague", "partner" })
        {
            (await host.PostAsJsonAsync($"/api/projects/{project}/shares", new { Email = TestApp.MailOf(name), Role = "editor" }, Ct)).EnsureSuccessStatusCode();
            var accept = new { Code = await app.Mailbox.NextLinkAsync("code"), ForLab = lab };
            var client = name == "partner" ? partner : member;
            Assert.Equal(name == "partner" ? HttpStatusCode.NoContent : HttpStatusCode.NotFound, (await client.PostAsJsonAsync("/api/account/invitation", accept, Ct)).StatusCode);
            Assert.Equal(name == "partner" ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await member.GetAsync($"/api/projects/{project}", Ct)).StatusCode);
        }

        Assert.Equal($"{lab}", Assert.Single(await ListAsync(host, $"/api/projects/{project}/shares")).GetProperty("labId").GetString());
    }

    [Theory]
    [InlineData("demoted")]
    [InlineData("removed")]
    [InlineData("disabled")]
    public async Task An_invitation_dies_with_the_right_of_the_person_who_sent_it(string fate)
    {
        var (owner, manager) = (await app.PersonAsync("head"), await app.PersonAsync($"manager-{fate}"));
        var lab = await app.Scene.LabAsync((owner, LabRole.Owner), (manager, LabRole.Manager));
        var project = await app.Scene.ProjectAsync(lab);
        using var client = await app.ClientForAsync($"manager-{fate}");
        (await client.PostAsJsonAsync($"/api/labs/{lab}/invitations", new { Email = $"late-{fate}@example.org", Role = "member" }, Ct)).EnsureSuccessStatusCode();
        var toLab = await app.Mailbox.NextLinkAsync("code");
        (await client.PostAsJsonAsync($"/api/projects/{project}/shares", new { Email = $"late-{fate}@example.org", Role = "viewer" }, Ct)).EnsureSuccessStatusCode();
        var toProject = await app.Mailbox.NextLinkAsync("code");

        using var head = await app.ClientForAsync("head");
        using var admin = await app.ClientForAsync("admin", administrator: true);
        var ended = fate switch
        {
            "demoted" => await head.PutAsJsonAsync($"/api/labs/{lab}/members/{manager}", new { Role = "member" }, Ct),
            "removed" => await head.DeleteAsync($"/api/labs/{lab}/members/{manager}", Ct),
            _ => await admin.DeleteAsync($"/api/users/{manager}", Ct),
        };
        ended.EnsureSuccessStatusCode();
        foreach (var code in new[] { toLab, toProject })
        {
            using var late = app.Browser();
            Assert.Equal(HttpStatusCode.NotFound, (await late.GetAsync($"/api/account/invitation?code={code}", Ct)).StatusCode);
            var accept = new { Code = code, DisplayName = "Late", Password = "a long new password" };
            Assert.Equal(HttpStatusCode.NotFound, (await late.PostAsJsonAsync("/api/account/invitation", accept, Ct)).StatusCode);
        }
    }

    private static async Task<JsonElement[]> ListAsync(HttpClient client, string path) =>
        [.. (await client.GetFromJsonAsync<JsonElement>(path, Ct)).GetProperty("items").EnumerateArray()];

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
