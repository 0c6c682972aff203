using System.Security.Cryptography;
using System.Text;
using CryoHub.Migrations;
using Npgsql;

namespace CryoHub.TestKit;

/// <summary>A database with the newest schema that test databases are copied from; its name contains the schema's hash, so branches do not disturb each other.</summary>
internal static class TemplateDatabase
{
    private const int Lock = 0x43727948;   // any number, the same in all test processes

    private static readonly Lazy<Task<string>> Made = new(MakeAsync);

    public static Task<string> NameAsync() => Made.Value;

    private static async Task<string> MakeAsync()
    {
        var name = "template_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(MigrationsProgram.Script())))[..16];
        var owner = new NpgsqlConnectionStringBuilder(await PostgresServer.OwnerAsync()) { Pooling = false };
        await using var server = new NpgsqlConnection(owner.ConnectionString);
        await server.OpenAsync();
        await server.ExecuteAsync($"select pg_advisory_lock({Lock})");   // ends with the connection
        if (await server.ScalarAsync($"select count(*) from pg_database where datname = '{name}'") is 0L)
        {
            // Renamed only when whole: a process that dies half-way leaves a name nobody copies.
            await server.ExecuteAsync($"drop database if exists {name}_new with (force)");
            await server.ExecuteAsync($"create database {name}_new");
            owner.Database = name + "_new";
            await MigrationsProgram.ApplyAsync(owner.ConnectionString, CancellationToken.None);
            await server.ExecuteAsync($"alter database {name}_new rename to {name}");
        }

        return name;
    }
}
