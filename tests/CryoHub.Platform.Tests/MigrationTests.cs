using System.Diagnostics;
using CryoHub.Migrations;
using CryoHub.TestKit;
using CryoHub.TestKit.Scale;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace CryoHub.Platform.Tests;

/// <summary>A database one migration behind, with the rows of a lab in it, is brought forward by the program that compose runs.</summary>
public sealed class MigrationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_with_rows_is_rolled_forward_and_loses_nothing_also_when_it_is_asked_twice()
    {
        await using var database = await OlderAsync();
        await database.ExecuteAsync(await ScaleDatabase.SeedAsync(1, Ct));
        var before = await ContentAsync(database);
        Assert.Contains(before, line => line.StartsWith("steps 25000 ", StringComparison.Ordinal));

        Assert.Equal((0, ""), await MigrateAsync(database.OwnerConnectionString));
        Assert.Equal(before, await ContentAsync(database));
        Assert.True(await HasRulesAsync(database));

        Assert.Equal((0, ""), await MigrateAsync(database.OwnerConnectionString));
        Assert.Equal(before, await ContentAsync(database));
    }

    [Fact]
    public async Task A_migration_that_fails_half_way_is_taken_back_whole_and_can_be_repeated()
    {
        await using var database = await OlderAsync();
        await database.ExecuteAsync("create table custody_gaps (in_the_way int); insert into labs (id, name, created_at) values (gen_random_uuid(), 'Lab', now())");

        var (code, words) = await MigrateAsync(database.OwnerConnectionString);
        Assert.Equal(1, code);
        Assert.Contains("taken back whole", words, StringComparison.Ordinal);
        Assert.False(await HasRulesAsync(database));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from pg_trigger where tgname = 'audit'"));   // made before the view that failed
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from labs"));

        await database.ExecuteAsync("drop table custody_gaps");
        Assert.Equal((0, ""), await MigrateAsync(database.OwnerConnectionString));
        Assert.True(await HasRulesAsync(database));
    }

    [Fact]
    public async Task A_reader_who_holds_a_table_is_not_waited_for_without_end_and_nobody_queues_behind_the_migration()
    {
        await using var database = await OlderAsync();
        await using var reader = await database.OpenAsync();
        await using (var reading = await reader.BeginTransactionAsync(Ct))
        {
            await using var command = new NpgsqlCommand("select count(*) from keepings", reader);
            await command.ExecuteScalarAsync(Ct);

            var (code, words) = await MigrateAsync(database.OwnerConnectionString + ";Options=-c lock_timeout=200ms");
            Assert.Equal(1, code);
            Assert.Contains("try again", words, StringComparison.Ordinal);
            Assert.False(await HasRulesAsync(database));
            Assert.Equal(0L, await database.ScalarAsync<long>("set lock_timeout = '5s'; select count(*) from keepings"));
        }

        Assert.Equal((0, ""), await MigrateAsync(database.OwnerConnectionString));
    }

    [Fact]
    public async Task A_database_that_is_up_to_date_is_not_touched_while_people_write()
    {
        await using var database = await EmptyDatabase.CreateAsync();
        Assert.Equal((0, ""), await MigrateAsync(database.OwnerConnectionString));
        await using var writer = await database.OpenAsync();
        await using var writing = await writer.BeginTransactionAsync(Ct);
        await using var command = new NpgsqlCommand("lock table labs, keepings, datasets, audit in access exclusive mode", writer);
        await command.ExecuteNonQueryAsync(Ct);
        Assert.Equal((0, ""), await MigrateAsync(database.OwnerConnectionString + ";Options=-c lock_timeout=200ms"));
    }

    /// <summary>A database that has every migration but the last.</summary>
    private static async Task<EmptyDatabase> OlderAsync()
    {
        var database = await EmptyDatabase.CreateAsync();
        var options = new DbContextOptionsBuilder<CryoHubDb>().UseNpgsql(database.OwnerConnectionString, npgsql => npgsql.MigrationsAssembly(typeof(MigrationsProgram).Assembly)).Options;
        await using var db = new CryoHubDb(options);
        await db.GetService<IMigrator>().MigrateAsync(db.Database.GetMigrations().SkipLast(1).Last(), Ct);
        Assert.Single(await db.Database.GetPendingMigrationsAsync(Ct));
        return database;
    }

    private static async Task<bool> HasRulesAsync(EmptyDatabase database) =>
        await database.ScalarAsync<long>("select count(*) from \"__EFMigrationsHistory\" where \"MigrationId\" like '%Rules'") == 1;

    /// <summary>For every table its name, its number of rows and a sum over the hashes of their text.</summary>
    private static async Task<List<string>> ContentAsync(EmptyDatabase database)
    {
        await using var connection = await database.OpenAsync();
        var lines = new List<string>();
        foreach (var table in await ColumnAsync(connection, "select format('%I', relname) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> '__EFMigrationsHistory' order by 1"))
        {
            lines.AddRange(await ColumnAsync(connection, $"select '{table} ' || count(*) || ' ' || coalesce(sum(hashtextextended(row::text, 0)), 0) from {table} row"));
        }

        return lines;
    }

    private static async Task<List<string>> ColumnAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var values = new List<string>();
        while (await reader.ReadAsync(Ct))
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }

    /// <summary>Runs the program itself; its exit code and what it wrote to the error stream.</summary>
    private static async Task<(int Code, string Errors)> MigrateAsync(string connectionString)
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet", [typeof(MigrationsProgram).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["Database__ConnectionString"] = connectionString },
        })!;
        var output = program.StandardOutput.ReadToEndAsync(Ct);
        var errors = await program.StandardError.ReadToEndAsync(Ct);
        await output;
        await program.WaitForExitAsync(Ct);
        return (program.ExitCode, errors);
    }
}
