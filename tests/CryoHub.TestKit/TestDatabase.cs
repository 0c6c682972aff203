using CryoHub.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace CryoHub.TestKit;

/// <summary>A fresh, empty CryoHub database on a real PostgreSQL: one for each test class (<c>IClassFixture&lt;TestDatabase&gt;</c>), gone afterwards.</summary>
public sealed class TestDatabase : IAsyncLifetime, IDbContextFactory<CryoHubDb>
{
    private readonly string name = $"test_{Guid.CreateVersion7():n}";
    private ServiceProvider services = null!;

    /// <summary>Of the application's role: what web and worker are given.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Of the role that owns the tables.</summary>
    public string OwnerConnectionString { get; private set; } = "";

    public Scene Scene => new(this);

    /// <summary>A use case of the platform, on this database.</summary>
    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        var template = await TemplateDatabase.NameAsync();
        var server = await PostgresServer.OwnerAsync();
        await OnServerAsync($"create database {name} template {template} strategy file_copy");
        OwnerConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 }.ConnectionString;
        ConnectionString = new NpgsqlConnectionStringBuilder(OwnerConnectionString) { Username = "cryohub_app", Password = null }.ConnectionString;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Database:ConnectionString", ConnectionString)]).Build();
        services = new ServiceCollection().AddLogging().AddPlatform(configuration).BuildServiceProvider();
    }

    public CryoHubDb CreateDbContext() => services.GetRequiredService<IDbContextFactory<CryoHubDb>>().CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        await using (var db = CreateDbContext())
        {
            NpgsqlConnection.ClearPool((NpgsqlConnection)db.Database.GetDbConnection());   // the platform's own pool: its sessions have settings of their own
        }

        await services.DisposeAsync();
        foreach (var used in (string[])[ConnectionString, OwnerConnectionString])
        {
            await using var connection = new NpgsqlConnection(used);
            NpgsqlConnection.ClearPool(connection);
        }

        await OnServerAsync($"drop database if exists {name} with (force)");
    }

    private static async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await PostgresServer.OwnerAsync());
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql);
    }
}
