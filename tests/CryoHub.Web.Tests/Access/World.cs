using System.Net.Http.Json;
using CryoHub.Platform.Access;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Web.Tests.Access;

/// <summary>A lab with one of everything, made anew for every question, and the people of all roles around it.</summary>
public sealed class World
{
    public Guid Lab { get; private set; }

    public Guid Member { get; private set; }

    public Guid Project { get; private set; }

    public Guid Share { get; private set; }

    public Guid Sample { get; private set; }

    public Guid Session { get; private set; }

    public Guid Dataset { get; private set; }

    public Guid ThrownAway { get; private set; }

    public Guid File { get; private set; }

    public Guid Upload { get; private set; }

    public Guid Job { get; private set; }

    public Guid Result { get; private set; }

    public Guid Invitation { get; private set; }

    public Guid Token { get; private set; }

    public uint LabVersion { get; private set; }

    public uint ProjectVersion { get; private set; }

    public uint SampleVersion { get; private set; }

    public uint SessionVersion { get; private set; }

    public uint DatasetVersion { get; private set; }

    public static async Task<World> MakeAsync(TestApp app)
    {
        var scene = app.Scene;
        var world = new World { Member = await scene.PersonAsync("mia") };
        world.Lab = await scene.LabAsync(
            (await app.PersonAsync("viewer"), LabRole.Viewer), (await app.PersonAsync("editor"), LabRole.Member),
            (await app.PersonAsync("manager"), LabRole.Manager), (await app.PersonAsync("owner"), LabRole.Owner), (world.Member, LabRole.Member));
        world.Project = await scene.ProjectAsync(world.Lab);
        world.Share = await scene.ShareAsync(world.Project, ProjectRole.Annotator, await app.PersonAsync("annotator"));
        world.Sample = await scene.SampleAsync(world.Project);
        world.Session = await scene.SessionAsync(world.Project);
        world.Dataset = await scene.DatasetAsync(world.Project, sampleId: world.Sample);
        world.ThrownAway = await scene.DatasetAsync(world.Project, also: d => d.DeletedAt = TimeProvider.System.GetUtcNow());
        world.File = await scene.ReadAsync(db => db.DatasetFiles.Where(f => f.DatasetId == world.Dataset).Select(f => f.Id).SingleAsync());
        (world.Job, world.Result) = (await scene.JobAsync(world.Project), await scene.ResultAsync(world.Project));
        await world.StoreAsync(app);
        await world.AnnounceAsync(app);
        await world.InviteAsync(app);
        await world.ReadVersionsAsync(app);
        return world;
    }

    private async Task StoreAsync(TestApp app)
    {
        var store = app.Services.GetRequiredService<IObjectStore>();
        foreach (var key in (string[])[
            $"datasets/{Dataset}/0.zarr/zarr.json", $"datasets/{Dataset}/0.png", $"datasets/{Dataset}/a.mrc",
            $"results/{Result}/a.csv", $"results/{Result}/1.zarr/zarr.json", $"results/{Result}/1.png"])
        {
            await store.PutAsync(key, new MemoryStream([1]), CancellationToken.None);
        }
    }

    private async Task AnnounceAsync(TestApp app)
    {
        using var owner = await app.ClientForAsync("owner");
        var announced = await owner.PostAsJsonAsync("/api/uploads", new { ProjectId = Project, DropId = Lab, Path = "b.mrc", Size = 10, Siblings = Array.Empty<string>() });
        announced.EnsureSuccessStatusCode();
        Upload = (await announced.Content.ReadFromJsonAsync<Made>())!.Id;
    }

    private async Task InviteAsync(TestApp app)
    {
        using var owner = await app.ClientForAsync("owner");
        var created = await owner.PostAsJsonAsync($"/api/labs/{Lab}/invitations", new { Email = "new@example.org", Role = "viewer" });
        created.EnsureSuccessStatusCode();
        Invitation = await app.Scene.ReadAsync(db => db.Invitations.Where(i => i.LabId == Lab).Select(i => i.Id).SingleAsync());
        var token = await owner.PostAsJsonAsync("/api/me/tokens", new { Name = "t", Scopes = new[] { "read" }, Days = 1 });
        Token = (await token.Content.ReadFromJsonAsync<Made>())!.Id;
    }

    private async Task ReadVersionsAsync(TestApp app)
    {
        LabVersion = await app.Scene.ReadAsync(db => db.Labs.Where(l => l.Id == Lab).Select(l => l.Version).SingleAsync());
        ProjectVersion = await app.Scene.ReadAsync(db => db.Projects.Where(p => p.Id == Project).Select(p => p.Version).SingleAsync());
        SampleVersion = await app.Scene.ReadAsync(db => db.Samples.Where(s => s.Id == Sample).Select(s => s.Version).SingleAsync());
        SessionVersion = await app.Scene.ReadAsync(db => db.Sessions.Where(s => s.Id == Session).Select(s => s.Version).SingleAsync());
        DatasetVersion = await app.Scene.ReadAsync(db => db.Datasets.Where(d => d.Id == Dataset).Select(d => d.Version).SingleAsync());
    }

    private sealed record Made(Guid Id);
}
