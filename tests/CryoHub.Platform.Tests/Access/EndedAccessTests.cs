using CryoHub.Platform.Access;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Messages;
using CryoHub.Platform.Projects;
using CryoHub.Platform.Uploads;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Access;

/// <summary>A10 and the end of shares: the running uploads of the person stop, and whoever keeps something open for the person hears it.</summary>
public sealed class EndedAccessTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leaving_a_lab_ends_uploads_into_its_projects_and_no_others()
    {
        var scene = database.Scene;
        var (owner, leaver) = (await scene.PersonAsync("owner"), await scene.PersonAsync("leaver"));
        var left = await scene.LabAsync((owner, LabRole.Owner), (leaver, LabRole.Member));
        var kept = await scene.LabAsync((leaver, LabRole.Owner));
        var stops = await UploadAsync(leaver, await scene.ProjectAsync(left));
        var goesOn = await UploadAsync(leaver, await scene.ProjectAsync(kept));

        var heard = await HeardAsync(() => database.Get<LabMembers>().RemoveAsync(leaver, left, leaver, Ct));

        Assert.Equal([new AccessChanged(leaver, null)], heard);
        Assert.Equal(UploadStatus.Aborted, await StatusAsync(stops));
        Assert.Equal(UploadStatus.Open, await StatusAsync(goesOn));
    }

    [Fact]
    public async Task A_withdrawn_share_with_a_lab_is_told_to_each_of_its_members()
    {
        var scene = database.Scene;
        var (owner, one, two) = (await scene.PersonAsync("owner"), await scene.PersonAsync("one"), await scene.PersonAsync("two"));
        var project = await scene.ProjectAsync(await scene.LabAsync((owner, LabRole.Owner)));
        var guests = await scene.LabAsync((one, LabRole.Member), (two, LabRole.Viewer));
        var share = await scene.ShareAsync(project, ProjectRole.Viewer, labId: guests);
        Assert.NotNull(await database.Get<ProjectDirectory>().FindAsync(two, project, Ct));

        var heard = await HeardAsync(() => database.Get<ProjectShares>().UnshareAsync(owner, project, share, Ct));

        Assert.Equivalent(new[] { new AccessChanged(one, project), new AccessChanged(two, project) }, heard);
        Assert.Null(await database.Get<ProjectDirectory>().FindAsync(two, project, Ct));
    }

    [Fact]
    public async Task A_lab_never_loses_its_last_owner()
    {
        var scene = database.Scene;
        var (owner, other) = (await scene.PersonAsync("owner"), await scene.PersonAsync("other"));
        var lab = await scene.LabAsync((owner, LabRole.Owner), (other, LabRole.Owner));
        var leaving = new[] { owner, other }.Select(async person =>
        {
            try
            {
                await database.Get<LabMembers>().RemoveAsync(person, lab, person, Ct);
            }
            catch (Imaging.ProblemException refused)
            {
                Assert.Equal(Imaging.ProblemKind.Conflict, refused.Kind);
            }
        });
        await Task.WhenAll(leaving);
        Assert.Equal(1, await scene.ReadAsync(db => db.Memberships.CountAsync(m => m.LabId == lab && m.Role == LabRole.Owner, Ct)));
    }

    private async Task<List<AccessChanged>> HeardAsync(Func<Task> act)
    {
        var heard = new List<AccessChanged>();
        using var subscription = database.Get<LocalNews>().Subscribe<AccessChanged>(news =>
        {
            heard.Add(news);
            return Task.CompletedTask;
        });
        await act();
        return heard;
    }

    private async Task<Guid> UploadAsync(Guid person, Guid project)
    {
        var dataset = await database.Scene.DatasetAsync(project);
        await using var db = database.CreateDbContext();
        var upload = new Upload { Id = Guid.CreateVersion7(), UserId = person, DatasetId = dataset, Path = "a.mrc", Size = 1, PartSize = 1, PartCount = 1, ObjectKey = dataset.ToString() };
        db.Add(upload);
        await db.SaveChangesAsync(Ct);
        return upload.Id;
    }

    private Task<UploadStatus> StatusAsync(Guid upload) =>
        database.Scene.ReadAsync(db => db.Uploads.Where(u => u.Id == upload).Select(u => u.Status).SingleAsync(Ct));
}
