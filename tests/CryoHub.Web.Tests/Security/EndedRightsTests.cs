using System.Net;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Web.Tests.Security;

/// <summary>A10: whoever leaves or is shut out is out at once; the cookie is looked at on every request here, every four seconds in production.</summary>
public sealed class EndedRightsTests(EndedRightsTests.App app) : IClassFixture<EndedRightsTests.App>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void In_production_a_cookie_is_believed_for_less_than_five_seconds()
    {
        Assert.True(new WebOptions().RecheckAfter < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_disabled_person_is_signed_out_everywhere()
    {
        var person = await app.PersonAsync("nora");
        using var nora = await app.ClientForAsync("nora");
        Assert.Equal(HttpStatusCode.OK, (await nora.GetAsync("/api/me", Ct)).StatusCode);
        using var admin = await app.ClientForAsync("admin", administrator: true);
        await admin.DeleteAsync($"/api/users/{person}", Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nora.GetAsync("/api/me", Ct)).StatusCode);
    }

    [Fact]
    public async Task Who_leaves_a_lab_sees_nothing_of_it_any_more_and_everybody_hears_of_it()
    {
        var (owner, leaver) = (await app.PersonAsync("otto"), await app.PersonAsync("paul"));
        var lab = await app.Scene.LabAsync((owner, LabRole.Owner), (leaver, LabRole.Member));
        var dataset = await app.Scene.DatasetAsync(await app.Scene.ProjectAsync(lab));
        using var paul = await app.ClientForAsync("paul");
        Assert.Equal(HttpStatusCode.OK, (await paul.GetAsync($"/api/datasets/{dataset}", Ct)).StatusCode);

        var heard = new TaskCompletionSource<Guid>();
        using var subscription = app.Services.GetRequiredService<LocalNews>().Subscribe<AccessChanged>(news =>
        {
            heard.TrySetResult(news.UserId);
            return Task.CompletedTask;
        });
        await paul.DeleteAsync($"/api/labs/{lab}/members/{leaver}", Ct);

        Assert.Equal(HttpStatusCode.NotFound, (await paul.GetAsync($"/api/datasets/{dataset}", Ct)).StatusCode);
        Assert.Equal(leaver, await heard.Task.WaitAsync(TimeSpan.FromSeconds(5), Ct));
    }

    public sealed class App : TestApp
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings => [new("Web:RecheckAfter", "00:00:00")];
    }
}
