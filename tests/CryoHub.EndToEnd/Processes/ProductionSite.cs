using System.Text.RegularExpressions;
using CryoHub.Platform.Storage;
using CryoHub.Platform.Storage.S3;
using CryoHub.TestKit;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CryoHub.EndToEnd.Processes;

/// <summary>The processes of docker-compose.yml with its settings: PostgreSQL, RabbitMQ, an S3 server, migrations, one web, two workers.</summary>
internal sealed partial class ProductionSite : IAsyncDisposable
{
    public const string S3Address = "http://127.0.0.1:7480";
    public const string Mail = "ada@example.org";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cryohub-production-");
    private readonly TestDatabase database;
    private readonly int port = Ports.Free();
    private RunningProgram? web;
    private RunningProgram? second;

    private readonly IReadOnlyDictionary<string, string> more;
    private readonly IReadOnlyDictionary<string, string> moreOfWorkers;

    private ProductionSite(TestDatabase database, IReadOnlyDictionary<string, string> more, IReadOnlyDictionary<string, string> moreOfWorkers)
    {
        (this.database, this.more, this.moreOfWorkers) = (database, more, moreOfWorkers);
        Api = new ApiClient(new Uri($"http://localhost:{port}"));
    }

    public ApiClient Api { get; }

    public List<RunningProgram> Workers { get; } = [];

    public string Password { get; private set; } = "";

    /// <summary>Of the role that owns the tables.</summary>
    public string Database => database.OwnerConnectionString;

    public string PulseOf(int worker) => Path.Combine(folder.FullName, $"{worker}.pulse");

    /// <param name="more">Settings of web and workers beside or instead of the usual.</param>
    /// <param name="moreOfWorkers">Settings of the workers alone.</param>
    public static async Task<ProductionSite> StartAsync(IReadOnlyDictionary<string, string>? more = null, IReadOnlyDictionary<string, string>? moreOfWorkers = null)
    {
        await Task.WhenAll(TestService.StartAsync(TestService.RabbitMq), TestService.StartAsync(TestService.S3));
        var site = new ProductionSite(new TestDatabase(), more ?? new Dictionary<string, string>(), moreOfWorkers ?? new Dictionary<string, string>());
        await site.database.InitializeAsync();
        await site.MigrateAsync();
        await site.StartWebAsync();
        for (var worker = 0; worker < 2; worker++)
        {
            site.Workers.Add(RunningProgram.Start(Built.Worker, [], site.WorkerSettings(worker)));
        }

        await Until.TrueAsync("the web host to be ready", async () => site.web!.HasExited ? throw new InvalidOperationException(site.web.Said) : await site.Api.IsReadyAsync());
        await Until.TrueAsync("both workers to look for jobs", () => Task.FromResult(site.Workers.TrueForAll(worker => WorkerId(worker) is not null)));
        await site.Api.SignInAsync(Mail, site.Password);
        return site;
    }

    /// <summary>The worker that runs the job, or one of its parts, now.</summary>
    public async Task<RunningProgram?> RunnerAsync(string job)
    {
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select worker_id from jobs where (id = $1 or parent_id = $1) and status = 'Running' limit 1", connection);
        command.Parameters.AddWithValue(Guid.Parse(job));
        return await command.ExecuteScalarAsync() is Guid id ? Workers.Single(worker => WorkerId(worker) == id) : null;
    }

    /// <summary>What a worker called itself in its log.</summary>
    public static Guid? WorkerId(RunningProgram worker) => Named().Match(worker.Said) is { Success: true } said ? Guid.Parse(said.Groups[1].Value) : null;

    public Task<Finished> AskWorkerHealthAsync(int worker) => Finished.RunAsync(Built.Worker, ["health"], WorkerSettings(worker));

    public Task<Finished> AskWebHealthAsync() => Finished.RunAsync(Path.Combine(folder.FullName, "web", "CryoHub.Web.dll"), ["health"], WebSettings());

    public Task StopWebAsync() => web!.StopAsync();

    public Task KillWebAsync() => web!.KillAsync();

    /// <summary>Another web host of the same site, which the same person talks to.</summary>
    public async Task<ApiClient> StartSecondWebAsync()
    {
        var other = Ports.Free();
        second = RunningProgram.Start(Path.Combine(folder.FullName, "web", "CryoHub.Web.dll"), [], new Dictionary<string, string>(WebSettings()) { ["ASPNETCORE_URLS"] = $"http://+:{other}" });
        var client = new ApiClient(new Uri($"http://localhost:{other}"), Api.Cookies);
        await Until.TrueAsync("the second web host to be ready", async () => second.HasExited ? throw new InvalidOperationException(second.Said) : await client.IsReadyAsync());
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        foreach (var program in Workers.Prepend(web).Prepend(second))
        {
            await (program?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        await EmptyBucketAsync();
        await database.DisposeAsync();
        folder.Delete(recursive: true);
    }

    /// <summary>The S3 server keeps its objects in memory and serves the next test too.</summary>
    private async Task EmptyBucketAsync()
    {
        var settings = Settings();
        var options = new StorageOptions { Endpoint = S3Address, Bucket = settings["Storage__Bucket"], AccessKey = settings["Storage__AccessKey"], SecretKey = settings["Storage__SecretKey"] };
        using var store = new S3ObjectStore(Options.Create(options), TimeProvider.System);
        await store.DeleteAsync("datasets/", CancellationToken.None);
        await store.DeleteAsync("results/", CancellationToken.None);
    }

    private async Task MigrateAsync()
    {
        var owner = new Dictionary<string, string> { ["Database__ConnectionString"] = database.OwnerConnectionString };
        var said = (await Finished.RunAsync(Built.Migrations, ["--administrator", Mail], owner)).Require();
        Password = Shown().Match(said).Groups[1].Value;
    }

    /// <summary>As the image does: published, started from its own folder.</summary>
    private async Task StartWebAsync()
    {
        var target = Path.Combine(folder.FullName, "web");
        string[] publish = ["publish", Path.Combine(SharedData.Root, "src", "CryoHub.Web"), "-c", Built.Configuration, "--no-build", "-p:CompressionEnabled=false", "-o", target, "-v", "quiet", "-nologo"];
        (await Finished.RunAsync("dotnet", publish)).Require();
        web = RunningProgram.Start(Path.Combine(target, "CryoHub.Web.dll"), [], WebSettings());
    }

    private Dictionary<string, string> WebSettings() => new(Settings())
    {
        ["ASPNETCORE_URLS"] = $"http://+:{port}",
        ["Web__PublicUrl"] = $"http://localhost:{port}",
        ["Web__ConnectSources__0"] = S3Address,
        ["Storage__AllowedOrigins__0"] = $"http://localhost:{port}",
    };

    private Dictionary<string, string> WorkerSettings(int worker) => Joined(
        Settings(), new Dictionary<string, string> { ["Worker__Lease"] = "00:00:03", ["Worker__Poll"] = "00:00:01", ["Worker__Pulse__File"] = PulseOf(worker) }, moreOfWorkers);

    private static Dictionary<string, string> Joined(params IReadOnlyDictionary<string, string>[] settings) =>
        new(settings.SelectMany(some => some).GroupBy(setting => setting.Key).Select(twins => twins.Last()));

    private Dictionary<string, string> Settings() => Joined(Usual(), more);

    private Dictionary<string, string> Usual() => new()
    {
        ["Database__ConnectionString"] = database.ConnectionString,
        ["Bus__Kind"] = "rabbitmq",
        ["Bus__Host"] = "localhost",
        ["Bus__Port"] = "5673",
        ["Bus__User"] = "guest",
        ["Bus__Password"] = "guest",
        ["Storage__Kind"] = "s3",
        ["Storage__Bucket"] = $"cryohub-{port}",
        ["Storage__Endpoint"] = S3Address,
        ["Storage__PublicEndpoint"] = S3Address,
        ["Storage__AccessKey"] = "AKCRYO",
        ["Storage__SecretKey"] = "SKCRYO",
    };

    [GeneratedRegex(@"shown once:\s+\S+\s+(\S+)")]
    private static partial Regex Shown();

    [GeneratedRegex(@"Worker (\S+) looks for jobs")]
    private static partial Regex Named();
}
