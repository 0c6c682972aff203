using System.Text.Json;
using CryoHub.Platform;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Results;
using CryoHub.Platform.Storage;
using CryoHub.Platform.Uploads;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Web.Tests.Access;

/// <summary>Gives the world objects in the store, jobs, a result and an open upload.</summary>
internal static class WorldJobs
{
    private static readonly DateTimeOffset Then = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public static async Task AddAsync(TestApp app, World world)
    {
        (world.File, world.Job, world.QueuedJob, world.Result) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var (zarr, home) = ($"datasets/{world.Dataset}/ingest/x/0.zarr", $"results/{world.Job}/1/");
        var store = app.Services.GetRequiredService<IObjectStore>();
        foreach (var key in new[] { $"{zarr}/zarr.json", $"datasets/{world.Dataset}/0.png", $"datasets/{world.Dataset}/original/{world.File}", $"{home}0", $"{home}1.zarr/zarr.json", $"{home}1.png" })
        {
            await store.PutAsync(key, new MemoryStream("{}"u8.ToArray()), CancellationToken.None);
        }

        await app.Scene.ReadAsync(async db =>
        {
            await db.Signals.Where(s => s.DatasetId == world.Dataset).ExecuteUpdateAsync(set => set.SetProperty(s => s.ZarrPrefix, zarr).SetProperty(s => s.ThumbnailKey, $"datasets/{world.Dataset}/0.png"));
            db.Add(new DatasetFile { Id = world.File, DatasetId = world.Dataset, Path = "a.mrc", ObjectKey = $"datasets/{world.Dataset}/original/{world.File}", Size = 2, Sha256 = new byte[32], IsPrimary = true });
            db.Add(JobOf(world, world.Job, JobStatus.Succeeded));
            db.Add(new JobInput { JobId = world.Job, Role = "image", DatasetId = world.Dataset });
            db.Add(JobOf(world, world.QueuedJob, JobStatus.Queued));
            var result = new Result { Id = world.Result, JobId = world.Job, ProjectId = world.Project, Title = "Peaks", CreatedAt = Then };
            result.Items.Add(new ResultItem { Index = 0, Kind = ResultKind.File, Name = "peaks.csv", Content = JsonDocument.Parse("{}"), ObjectKey = home + "0" });
            result.Items.Add(new ResultItem { Index = 1, Kind = ResultKind.Image, Name = "spectrum", Content = JsonDocument.Parse("{}"), ObjectKey = home + "1.zarr", ThumbnailKey = home + "1.png" });
            db.Add(result);
            return await db.SaveChangesAsync();
        });
        world.Upload = (await app.Services.GetRequiredService<UploadDesk>().StartAsync(
            await app.PersonAsync("editor"), new StartUpload(world.Project, null, null, Guid.CreateVersion7(), "open.mrc", 10, null), CancellationToken.None))!.Id;
    }

    private static Job JobOf(World world, Guid id, JobStatus status) =>
        new() { Id = id, ProjectId = world.Project, Kind = JobKinds.Analysis, Class = JobClass.Heavy, Title = "Peaks", AnalysisKey = "fft-peaks", Status = status, CreatedAt = Then };
}
