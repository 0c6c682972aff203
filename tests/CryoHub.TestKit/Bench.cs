using System.Security.Cryptography;
using System.Text.Json;
using CryoHub.Platform;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Projects;
using CryoHub.Platform.Users;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.TestKit;

/// <summary>A lab with one owner and one project, written straight into the database: the ground most tests of jobs and uploads stand on.</summary>
public sealed record Bench(Guid UserId, Guid LabId, Guid ProjectId, IDbContextFactory<CryoHubDb> Dbs)
{
    public static async Task<Bench> CreateAsync(IDbContextFactory<CryoHubDb> dbs, long? quota = null)
    {
        await using var db = await dbs.CreateDbContextAsync();
        var now = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
        var user = await AddPersonAsync(db);
        var lab = new Lab { Id = Guid.CreateVersion7(), Name = "Lab", CreatedAt = now, QuotaBytes = quota };
        var project = new Project { Id = Guid.CreateVersion7(), LabId = lab.Id, Name = "Project", CreatedBy = user, CreatedAt = now };
        db.AddRange(lab, project, new Membership { LabId = lab.Id, UserId = user, Role = LabRole.Owner, Since = now });
        await db.SaveChangesAsync();
        return new Bench(user, lab.Id, project.Id, dbs);
    }

    /// <summary>Another person, who belongs to the lab only with a role.</summary>
    public async Task<Guid> PersonAsync(LabRole? role = null)
    {
        await using var db = await Dbs.CreateDbContextAsync();
        var user = await AddPersonAsync(db);
        if (role is { } given)
        {
            db.Add(new Membership { LabId = LabId, UserId = user, Role = given, Since = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero) });
        }

        await db.SaveChangesAsync();
        return user;
    }

    /// <summary>A data set that is ready, with one image signal and one file whose hash comes from <paramref name="content"/>.</summary>
    public async Task<Guid> DatasetAsync(string content = "pixels", string kind = "image")
    {
        await using var db = await Dbs.CreateDbContextAsync();
        var id = Guid.CreateVersion7();
        var dataset = new Dataset { Id = id, ProjectId = ProjectId, Name = content, Status = DatasetStatus.Ready, CreatedBy = UserId };
        dataset.Files.Add(new DatasetFile { Id = Guid.CreateVersion7(), Path = content, ObjectKey = $"test/{id}", Size = 1, Sha256 = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content)), IsPrimary = true });
        dataset.Signals.Add(new Signal
        {
            Name = content,
            Kind = kind,
            PixelType = "float32",
            Shape = [4, 4],
            Axes = Empty("[]"),
            Metadata = Empty("{}"),
            Original = Empty("{}"),
            Statistics = Empty("{}"),
        });
        db.Add(dataset);
        await db.SaveChangesAsync();
        return id;
    }

    public async Task LeaveLabAsync(Guid userId)
    {
        await using var db = await Dbs.CreateDbContextAsync();
        await db.Memberships.Where(m => m.UserId == userId && m.LabId == LabId).ExecuteDeleteAsync();
    }

    private static JsonDocument Empty(string json) => JsonDocument.Parse(json);

    private static async Task<Guid> AddPersonAsync(CryoHubDb db)
    {
        var user = new User { Id = Guid.CreateVersion7(), DisplayName = "Someone", CreatedAt = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero) };
        user.UserName = user.NormalizedUserName = user.Email = user.NormalizedEmail = $"{user.Id:n}@EXAMPLE.ORG";
        db.Add(user);
        await db.SaveChangesAsync();
        return user.Id;
    }
}
