using System.Security.Cryptography;
using System.Text;
using CryoHub.Platform;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.TestKit;

/// <summary>The scene that most tests of jobs and uploads begin with: a lab with one owner and one project.</summary>
public sealed record Bench(Guid UserId, Guid LabId, Guid ProjectId, IDbContextFactory<CryoHubDb> Dbs)
{
    private Scene Scene => new(Dbs);

    public static async Task<Bench> CreateAsync(IDbContextFactory<CryoHubDb> dbs, long? quota = null)
    {
        var scene = new Scene(dbs);
        var user = await scene.PersonAsync("someone");
        var lab = await scene.LabAsync(quota, (user, LabRole.Owner));
        return new Bench(user, lab, await scene.ProjectAsync(lab), dbs);
    }

    /// <summary>Another person, who belongs to the lab only with a role.</summary>
    public async Task<Guid> PersonAsync(LabRole? role = null)
    {
        var user = await Scene.PersonAsync("another");
        return role is { } given ? await Scene.MemberAsync(LabId, user, given) : user;
    }

    /// <summary>A data set that is ready, with one image signal and one file whose hash comes from <paramref name="content"/>.</summary>
    public Task<Guid> DatasetAsync(string content = "pixels", string kind = "image") => Scene.DatasetAsync(ProjectId, content, kind: kind, also: dataset => dataset.Files.Add(new DatasetFile
    {
        Id = Guid.CreateVersion7(),
        Path = content,
        ObjectKey = $"test/{dataset.Id}",
        Size = 1,
        Sha256 = SHA256.HashData(Encoding.UTF8.GetBytes(content)),
        IsPrimary = true,
    }));

    public async Task LeaveLabAsync(Guid userId)
    {
        await using var db = await Dbs.CreateDbContextAsync();
        await db.Memberships.Where(m => m.UserId == userId && m.LabId == LabId).ExecuteDeleteAsync();
    }
}
