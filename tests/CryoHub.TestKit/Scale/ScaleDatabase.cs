using System.Security.Cryptography;
using System.Text;
using CryoHub.Migrations;
using CryoHub.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CryoHub.TestKit.Scale;

/// <summary>
/// A large site in a database of its own, made once by PostgreSQL itself (<c>seed.sql</c>) and found again by the hash of schema, seed and size. It is shared: tests read it only, and a
/// benchmark that writes leaves more rows behind.
/// </summary>
public sealed class ScaleDatabase : IAsyncDisposable, IDbContextFactory<CryoHubDb>
{
    /// <summary>200 labs, 100,000 samples, 1,000,000 data sets, 5,000,000 steps.</summary>
    public const int Full = 200;

    private const int Lock = 0x5363616c;   // any number, the same in all test processes

    private readonly ServiceProvider services;

    private ScaleDatabase(ServiceProvider services, string ownerConnectionString) => (this.services, OwnerConnectionString) = (services, ownerConnectionString);

    /// <summary>Of the role that owns the tables.</summary>
    public string OwnerConnectionString { get; }

    /// <summary>The database with so many labs, made where it is not there yet.</summary>
    /// <param name="labs">Each has 500 samples, 5,000 data sets and 25,000 steps on average.</param>
    /// <param name="configure">What the contexts get beside what the platform gives them.</param>
    /// <param name="ct">Stops the making.</param>
    public static async Task<ScaleDatabase> OpenAsync(int labs, Action<DbContextOptionsBuilder>? configure, CancellationToken ct)
    {
        var owner = new NpgsqlConnectionStringBuilder(await PostgresServer.OwnerAsync()) { Database = await MakeAsync(labs, ct) }.ConnectionString;
        var application = new NpgsqlConnectionStringBuilder(owner) { Username = "cryohub_app", Password = null }.ConnectionString;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Database:ConnectionString", application)]).Build();
        var services = new ServiceCollection().AddLogging().AddPlatform(configuration);
        if (configure is not null)
        {
            services.ConfigureDbContext<CryoHubDb>(configure);
        }

        return new(services.BuildServiceProvider(), owner);
    }

    /// <summary>A use case of the platform, on this database.</summary>
    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public CryoHubDb CreateDbContext() => Get<IDbContextFactory<CryoHubDb>>().CreateDbContext();

    public async Task<T> ReadAsync<T>(Func<CryoHubDb, Task<T>> question)
    {
        await using var db = CreateDbContext();
        return await question(db);
    }

    /// <summary>Somebody who belongs to three labs, one of them among the largest.</summary>
    public Task<Guid> MemberAsync(int labs) => PersonAsync(5 * labs);

    /// <summary>Somebody who belongs to every lab.</summary>
    public Task<Guid> EverywhereAsync(int labs) => PersonAsync((5 * labs) + 1);

    /// <summary>The SQL that fills an empty schema; it needs the tables only, none of the rules.</summary>
    public static async Task<string> SeedAsync(int labs, CancellationToken ct)
    {
        using var reader = new StreamReader(typeof(ScaleDatabase).Assembly.GetManifestResourceStream("CryoHub.TestKit.Scale.seed.sql")!);
        return (await reader.ReadToEndAsync(ct)).Replace(":labs", $"{labs}", StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private Task<Guid> PersonAsync(int number) => ReadAsync(db => db.Users.Where(u => u.UserName == $"person-{number}@example.org").Select(u => u.Id).SingleAsync());

    private static async Task<string> MakeAsync(int labs, CancellationToken ct)
    {
        var seed = await SeedAsync(labs, ct);
        var name = $"scale_{labs}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(MigrationsProgram.Script() + seed)))[..16]}";
        var template = await TemplateDatabase.NameAsync();
        var owner = new NpgsqlConnectionStringBuilder(await PostgresServer.OwnerAsync()) { Pooling = false, CommandTimeout = 0 };
        await using var server = new NpgsqlConnection(owner.ConnectionString);
        await server.OpenAsync(ct);
        await server.ExecuteAsync($"select pg_advisory_lock({Lock}, {labs})");   // ends with the connection
        if (await server.ScalarAsync($"select count(*) from pg_database where datname = '{name}'") is 0L)
        {
            await server.ExecuteAsync($"drop database if exists {name}_new with (force)");
            await server.ExecuteAsync($"create database {name}_new template {template} strategy file_copy");
            owner.Database = name + "_new";
            await using (var made = new NpgsqlConnection(owner.ConnectionString))
            {
                await made.OpenAsync(ct);
                await made.ExecuteAsync(seed);
                await made.ExecuteAsync("vacuum (analyze, parallel 0)");
            }

            await server.ExecuteAsync($"alter database {name}_new rename to {name}");   // only when whole
        }

        return name;
    }
}
