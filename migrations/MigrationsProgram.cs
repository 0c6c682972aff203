using CryoHub.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace CryoHub.Migrations;

/// <summary>Brings a database to the newest schema; safe to call again, and from several processes at once (EF takes a lock in the database).</summary>
public static class MigrationsProgram
{
    /// <summary>
    /// How long a change of structure waits for those who use a table. Everybody who comes after it waits behind it, so it rather gives up, and the database stays as it was. What the connection
    /// string says in <c>Options</c> comes later and wins.
    /// </summary>
    private const string Patience = "-c lock_timeout=60s";

    /// <param name="connectionString">Of the role that owns, or will own, the tables.</param>
    /// <param name="ct">Ends the work between two migrations.</param>
    /// <param name="applicationPassword">Given to the role <c>cryohub_app</c>; empty where the server asks for none.</param>
    public static async Task ApplyAsync(string connectionString, CancellationToken ct, string applicationPassword = "")
    {
        var patient = new NpgsqlConnectionStringBuilder(connectionString);
        patient.Options = $"{Patience} {patient.Options}".TrimEnd();
        await using var db = new CryoHubDb(Options(patient.ConnectionString));
        db.Database.SetCommandTimeout(TimeSpan.FromHours(6));   // an index over millions of rows takes its time
        await db.Database.MigrateAsync(ct);
        if (applicationPassword != "")
        {
            // A role's password cannot be a parameter; format('%L') quotes it.
            var statement = await db.Database
                .SqlQuery<string>($"select format('alter role cryohub_app password %L', {applicationPassword}) as \"Value\"").SingleAsync(ct);
            await db.Database.ExecuteSqlRawAsync(statement.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), ct);
        }
    }

    /// <summary>Everything that <see cref="ApplyAsync"/> does to an empty database, as SQL; the same schema gives the same text.</summary>
    public static string Script()
    {
        using var db = new CryoHubDb(Options("Host=none"));
        return db.GetService<IMigrator>().GenerateScript();
    }

    /// <summary>True where an entity was changed and nobody wrote the migration.</summary>
    public static bool HasPendingModelChanges()
    {
        using var db = new CryoHubDb(Options("Host=none"));
        return db.Database.HasPendingModelChanges();
    }

    internal static DbContextOptions<CryoHubDb> Options(string connectionString) =>
        new DbContextOptionsBuilder<CryoHubDb>()
            .UseNpgsql(connectionString, npgsql => npgsql.MigrationsAssembly(typeof(MigrationsProgram).Assembly))
            .Options;
}
