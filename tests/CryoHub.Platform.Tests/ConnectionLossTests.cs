using System.Collections.Concurrent;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Samples;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CryoHub.Platform.Tests;

/// <summary>O10: the database cuts all connections again and again while people write.</summary>
public sealed class ConnectionLossTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Writers = 4;
    private const int WritesEach = 60;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_acknowledged_write_is_lost_and_writing_goes_on()
    {
        var owner = await database.Scene.PersonAsync("owner");
        var project = await database.Scene.ProjectAsync(await database.Scene.LabAsync((owner, LabRole.Owner)));
        var samples = database.Get<SampleCatalog>();
        var (acknowledged, broken) = (new ConcurrentBag<Guid>(), 0);
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(
            async () =>
            {
                for (var number = 0; number < WritesEach; number++)
                {
                    try
                    {
                        acknowledged.Add((await samples.CreateAsync(owner, project, new SampleText(SampleKind.Grid, $"{writer}-{number}", Metal: "Li"), Ct))!.Value);
                    }
                    catch (Exception cut) when (cut is NpgsqlException or DbUpdateException or InvalidOperationException or IOException)
                    {
                        Interlocked.Increment(ref broken);
                    }
                }
            },
            Ct)));
        var cuts = 0;
        while (!writing.IsCompleted)
        {
            cuts += await CutAsync();
        }

        await writing;
        Assert.True(cuts > 0 && broken > 0, $"{cuts} connections were cut, {broken} writes broken: the test proves nothing.");
        Assert.NotNull(await samples.CreateAsync(owner, project, new SampleText(SampleKind.Grid, "after", Metal: "Li"), Ct));
        var stored = await database.Scene.ReadAsync(db => db.Samples.Where(s => s.ProjectId == project).Select(s => s.Id).ToListAsync(Ct));
        Assert.Empty(acknowledged.Except(stored));
    }

    /// <summary>Ends every other connection of the application; how many.</summary>
    private async Task<int> CutAsync()
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand("select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = current_user and datname = current_database() and pid <> pg_backend_pid()", connection);
        return Convert.ToInt32(await command.ExecuteScalarAsync(Ct), System.Globalization.CultureInfo.InvariantCulture);
    }
}
