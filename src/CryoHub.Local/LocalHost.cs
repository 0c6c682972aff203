using System.Net;
using CryoHub.Local.Demo;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Users;
using CryoHub.Web;
using CryoHub.Worker;

namespace CryoHub.Local;

/// <summary>Database, file store, bus, web and worker in one process.</summary>
public static class LocalHost
{
    public const string AdministratorMail = "admin@cryohub.local";

    public static async Task<int> RunAsync(LocalOptions options)
    {
        try
        {
            await using var database = await EmbeddedDatabase.StartAsync(Path.Combine(options.Data, "database"), CancellationToken.None);
            await using var app = Build(options, database.ConnectionString);
            await PrepareAsync(app);
            await app.StartAsync();
            try
            {
                await ServeAsync(app, options);
            }
            finally
            {
                await app.StopAsync();
            }

            return 0;
        }
        catch (InvalidOperationException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 3;
        }
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"Port {options.Port} is in use. Give another one with --port.");
            return 3;
        }
        catch (OperationCanceledException)
        {
            return 0;   // Ctrl-C while the demo lab was being made; the next start goes on with it
        }
    }

    private static async Task ServeAsync(WebApplication app, LocalOptions options)
    {
        Console.WriteLine($"CryoHub is at {Address(options)}");
        if (options.Demo)
        {
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<DemoLab>().EnsureAsync(Address(options), app.Lifetime.ApplicationStopping);
        }

        await app.WaitForShutdownAsync();
    }

    private static Uri Address(LocalOptions options) => new($"http://localhost:{options.Port}");

    private static WebApplication Build(LocalOptions options, string connectionString)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(LocalHost).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:ConnectionString"] = connectionString,
            ["Storage:Folder"] = Path.Combine(options.Data, "objects"),
            ["Mail:OutboxFolder"] = Path.Combine(options.Data, "mail"),
            ["Web:PublicUrl"] = Address(options).ToString(),
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        builder.WebHost.UseStaticWebAssets();
        builder.AddCryoHubWeb();
        builder.Services.AddCryoHubWorker();
        builder.Services.AddScoped<DemoUpload>().AddScoped<DemoSteps>().AddScoped<DemoCustody>().AddScoped<DemoFacility>().AddScoped<DemoNeighbour>().AddScoped<DemoLab>();
        return builder.Build().MapCryoHubWeb();
    }

    /// <summary>Nobody else works on this database, so leases that a killed process left behind are free at once.</summary>
    private static async Task PrepareAsync(WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<JobClaims>().ReleaseAllAsync(CancellationToken.None);
        if (await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().EnsureAsync(AdministratorMail, CancellationToken.None) is { } password)
        {
            Console.WriteLine($"First administrator, shown once:  {AdministratorMail}  {password}");
        }
    }
}
