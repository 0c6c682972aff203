using System.Text.Json.Nodes;
using CryoHub.Analyses;
using CryoHub.Analyses.Parameters;
using CryoHub.Imaging;
using CryoHub.Platform;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Storage;
using CryoHub.Platform.Uploads;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Worker.Tests;

/// <summary>A worker without its loop: the test says when the next job is taken. Database, store and sandbox are real.</summary>
public sealed class WorkerBench : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cryohub-worker-");
    private readonly TestDatabase database = new();

    public ManualClock Clock { get; } = new();

    public ServiceProvider Services { get; private set; } = null!;

    public Bench Bench { get; private set; } = null!;

    public string ObjectsFolder => Path.Combine(folder.FullName, "objects");

    public IObjectStore Store => Services.GetRequiredService<IObjectStore>();

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:ConnectionString"] = database.ConnectionString,
            ["Storage:Folder"] = folder.FullName,
            ["Worker:ReadChild:Command:0"] = "dotnet",
            ["Worker:ReadChild:Command:1"] = Path.Combine(AppContext.BaseDirectory, "CryoHub.Worker.dll"),
        }).Build();
        Services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddSingleton<TimeProvider>(Clock)
            .AddPlatform(configuration).AddJobsAndUploads(configuration).AddCryoHubWorker().BuildServiceProvider();
        Bench = await Bench.CreateAsync(database);
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await database.DisposeAsync();
        folder.Delete(recursive: true);
    }

    public Sender Sender(Bench? of = null) => new(
        Services.GetRequiredService<UploadDesk>(), Services.GetRequiredService<UploadCompletion>(), (of ?? Bench).UserId, (of ?? Bench).ProjectId);

    /// <summary>Sends a file into a project of its own, ingests it and queues an analysis of its first signal.</summary>
    public async Task<Guid> SubmitAsync(string analysis, string name, byte[] file, JsonObject settings)
    {
        var bench = await Bench.CreateAsync(database);
        var sent = await Sender(bench).SendAsync(name, file);
        await DrainAsync();
        return await SubmitAsync(analysis, sent.DatasetId, settings);
    }

    /// <summary>Queues an analysis of a data set's first signal, as the person who owns it.</summary>
    public async Task<Guid> SubmitAsync(string analysis, Guid datasetId, JsonObject settings)
    {
        var dataset = await DatasetAsync(datasetId);
        var info = AnalysisCatalog.Find(analysis)!.Info;
        var input = info.Inputs.First(i => i.Required);
        var parameters = ParameterReader.ToJson(ParameterReader.FromJson(info.Parameters, settings)).ToJsonString();
        var kinds = new Dictionary<string, IReadOnlyList<string>> { [input.Role] = [.. input.Kinds.Select(kind => kind.Key())] };
        var work = new SubmitAnalysis(dataset.ProjectId, info.Key, info.Version, info.Title, parameters, [new JobInputRef(input.Role, datasetId, 0)], kinds);
        return (await Services.GetRequiredService<JobQueue>().SubmitAsync(dataset.CreatedBy, work, CancellationToken.None))!.JobId;
    }

    /// <summary>Runs jobs until none waits.</summary>
    public async Task DrainAsync()
    {
        var worker = Guid.CreateVersion7();
        foreach (var jobClass in new[] { JobClass.Light, JobClass.Heavy })
        {
            while (await Services.GetRequiredService<JobClaims>().ClaimAsync(worker, jobClass, CancellationToken.None) is { } job)
            {
                await Services.GetRequiredService<JobRunner>().RunAsync(job, CancellationToken.None);
            }
        }
    }

    public async Task<T> AskAsync<T>(Func<CryoHubDb, Task<T>> question)
    {
        await using var db = database.CreateDbContext();
        return await question(db);
    }

    public Task<Dataset> DatasetAsync(Guid id) => AskAsync(db => db.Datasets.AsNoTracking().Include(d => d.Signals).Include(d => d.Files).SingleAsync(d => d.Id == id));

    public Task<Job> JobAsync(Guid id) => AskAsync(db => db.Jobs.AsNoTracking().Include(j => j.Inputs).Include(j => j.Result!.Items).SingleAsync(j => j.Id == id));

    /// <summary>Where an object lies on disk, to harm it behind the system's back.</summary>
    public string PathOf(string key) => Path.Combine(ObjectsFolder, key);
}
