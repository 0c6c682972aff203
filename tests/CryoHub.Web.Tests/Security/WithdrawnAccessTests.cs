using System.Net;
using System.Net.Http.Json;
using CryoHub.Platform.Access;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Messages;
using CryoHub.Platform.Storage;
using CryoHub.Web.Tests.Access;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Web.Tests.Security;

/// <summary>A06 and A14: what was open when the right ended is closed with it.</summary>
public sealed class WithdrawnAccessTests(MatrixApp app) : IClassFixture<MatrixApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A06_every_representation_is_refused_at_once_when_a_share_is_withdrawn()
    {
        var world = await World.MakeAsync(app);
        using var annotator = await app.ClientForAsync("annotator");
        string[] addresses =
        [
            $"/api/datasets/{world.Dataset}", $"/api/datasets/{world.Dataset}/signals/0.zarr/zarr.json", $"/api/datasets/{world.Dataset}/signals/0/thumbnail",
            $"/api/datasets/{world.Dataset}/files/{world.File}", $"/api/results/{world.Result}", $"/api/results/{world.Result}/items/0/file",
            $"/api/results/{world.Result}/items/1.zarr/zarr.json", $"/api/results/{world.Result}/items/1/thumbnail", $"/api/jobs/{world.Job}",
        ];
        foreach (var address in addresses)
        {
            Assert.True((await annotator.GetAsync(address, Ct)).IsSuccessStatusCode, address);
        }

        using var owner = await app.ClientForAsync("owner");
        (await owner.DeleteAsync($"/api/projects/{world.Project}/shares/{world.Share}", Ct)).EnsureSuccessStatusCode();
        foreach (var address in addresses)
        {
            Assert.True((await annotator.GetAsync(address, Ct)).StatusCode == HttpStatusCode.NotFound, address);
        }
    }

    [Fact]
    public void A06_no_signed_address_lives_longer_than_a_quarter_of_an_hour() => Assert.InRange(StorageOptions.PartLifetime, TimeSpan.Zero, TimeSpan.FromMinutes(15));

    [Fact]
    public async Task A14_a_foreign_project_cannot_be_watched_and_a_withdrawn_one_falls_silent()
    {
        var (owner, guest) = (await app.PersonAsync("hugo"), await app.PersonAsync("gast"));
        var lab = await app.Scene.LabAsync((owner, LabRole.Owner));
        var (foreign, lent, kept) = (await app.Scene.ProjectAsync(lab), await app.Scene.ProjectAsync(lab), await app.Scene.ProjectAsync(lab));
        var share = await app.Scene.ShareAsync(lent, ProjectRole.Viewer, guest);
        await app.Scene.ShareAsync(kept, ProjectRole.Viewer, guest);
        using var browser = await app.ClientForAsync("gast");
        using var hub = await HubSocket.OpenAsync(app, "Cookie", browser.DefaultRequestHeaders.GetValues("Cookie").Single());
        Assert.False(await hub.WatchAsync(foreign));
        Assert.True(await hub.WatchAsync(lent));
        Assert.True(await hub.WatchAsync(kept));
        await hub.HearAsync(await TellAsync(lent));

        using var hugo = await app.ClientForAsync("hugo");
        (await hugo.DeleteAsync($"/api/projects/{lent}/shares/{share}", Ct)).EnsureSuccessStatusCode();
        var silent = await TellAsync(lent);
        await hub.HearAsync(await TellAsync(kept));   // news keep their order: what is not heard by now was not sent
        Assert.DoesNotContain(hub.Missed, message => message.Contains(silent, StringComparison.Ordinal));
        Assert.False(await hub.WatchAsync(lent));
    }

    private async Task<string> TellAsync(Guid project)
    {
        var job = Guid.CreateVersion7();
        await app.Services.GetRequiredService<LocalNews>().PublishAsync(new JobChanged(job, project, JobStatus.Running, 0.5, ""), Ct);
        return job.ToString();
    }
}
