using System.Diagnostics;
using CryoHub.Migrations;
using Npgsql;

namespace CryoHub.Local;

/// <summary>The PostgreSQL server of this folder: started where it does not run yet, migrated, locked against a second CryoHub, stopped at the end.</summary>
public sealed class EmbeddedDatabase : IAsyncDisposable
{
    private const string Name = "cryohub";

    /// <summary>Any number that nobody else locks; session-wide, so it ends with this process however it ends.</summary>
    private const long Lock = 0x4372796F487562;

    private readonly string folder;
    private readonly NpgsqlConnection holder;

    private EmbeddedDatabase(string folder, NpgsqlConnection holder, string connectionString)
    {
        this.folder = folder;
        this.holder = holder;
        ConnectionString = connectionString;
    }

    /// <summary>Of the application's role, which owns no table.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts the server of <paramref name="folder"/> and brings it to the newest schema.</summary>
    /// <exception cref="InvalidOperationException">The server did not start, or another CryoHub works on this folder.</exception>
    public static async Task<EmbeddedDatabase> StartAsync(string folder, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        var server = new NpgsqlConnectionStringBuilder(await ScriptAsync("start", folder, ct));
        await CreateAsync(server.ConnectionString, ct);
        var owner = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = Name };
        var holder = new NpgsqlConnection(owner.ConnectionString + ";Pooling=false");
        await holder.OpenAsync(ct);
        if (!(bool)(await ScalarAsync(holder, $"select pg_try_advisory_lock({Lock})", ct))!)
        {
            await holder.DisposeAsync();
            throw new InvalidOperationException($"Another CryoHub works on {folder}. Stop it, or give another folder with --data.");
        }

        await MigrationsProgram.ApplyAsync(owner.ConnectionString, ct);
        return new EmbeddedDatabase(folder, holder, new NpgsqlConnectionStringBuilder(owner.ConnectionString) { Username = "cryohub_app" }.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await holder.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await ScriptAsync("stop", folder, CancellationToken.None);
    }

    private static async Task CreateAsync(string server, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(server + ";Pooling=false");
        await connection.OpenAsync(ct);
        if (await ScalarAsync(connection, $"select 1 from pg_database where datname = '{Name}'", ct) is null)
        {
            await ScalarAsync(connection, $"create database {Name}", ct);
        }
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct);
    }

    private static async Task<string> ScriptAsync(string verb, string folder, CancellationToken ct)
    {
        var start = new ProcessStartInfo("/bin/sh", [Path.Combine(AppContext.BaseDirectory, "postgres.sh"), verb, folder]) { RedirectStandardOutput = true };
        using var script = Process.Start(start)!;
        var said = await script.StandardOutput.ReadToEndAsync(ct);
        await script.WaitForExitAsync(ct);
        return script.ExitCode == 0 ? said.Trim() : throw new InvalidOperationException($"PostgreSQL did not {verb} in {folder} (exit {script.ExitCode}); see server.log there.");
    }
}
