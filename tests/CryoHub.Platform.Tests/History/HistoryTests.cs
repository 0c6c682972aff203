using CryoHub.Platform.Audit;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Trash;
using CryoHub.Platform.Users;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CryoHub.Platform.Tests.History;

/// <summary>O01: who, when, from where, old and new value, of every change, move, deletion and restoration.</summary>
public sealed class HistoryTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_history_tells_who_did_what()
    {
        var scene = database.Scene;
        var owner = await scene.PersonAsync("Ada");
        var project = await scene.ProjectAsync(await scene.LabAsync((owner, LabRole.Owner)));
        var (sample, dataset) = (await scene.SampleAsync(project), await scene.DatasetAsync(project, "Old name"));
        Origin.Current = new Origin(null, "192.0.2.7");
        var catalog = database.Get<DatasetCatalog>();
        var version = (await catalog.FindAsync(owner, dataset, Ct))!.Version;
        Assert.Equal(Change.Done, await catalog.EditAsync(owner, dataset, new DatasetText("New name", SampleId: sample), version, Ct));
        await database.Get<TrashBin>().ThrowAwayAsync(owner, TrashKind.Dataset, dataset, Ct);
        await database.Get<TrashBin>().RestoreAsync(owner, TrashKind.Dataset, dataset, Ct);

        var history = (await database.Get<AuditTrail>().OfAsync(owner, AuditKind.Dataset, dataset, PageRequest.First, Ct))!.Items;

        Assert.Equal(["update", "update", "update", "insert"], history.Select(row => row.Action));
        var edit = history[2];
        Assert.Equal(("Ada", "192.0.2.7"), (edit.Who, edit.Origin));
        Assert.Equal("Old name", edit.Before.GetProperty("name").GetString());
        Assert.Equal("New name", edit.After.GetProperty("name").GetString());
        Assert.Equal(sample, edit.After.GetProperty("sample_id").GetGuid());
        Assert.False(edit.After.TryGetProperty("notes", out _));   // what did not change is not repeated
        Assert.InRange(edit.At, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddMinutes(5));
        Assert.True(history[1].After.GetProperty("deleted_at").GetString() is not null);
        Assert.Equal("", history[3].Who);   // put into the database by the test, not by a person
    }

    [Fact]
    public async Task Even_the_owner_of_the_tables_cannot_change_the_past()
    {
        await database.Scene.PersonAsync("somebody");
        await using var connection = new NpgsqlConnection(database.OwnerConnectionString);
        await connection.OpenAsync(Ct);
        foreach (var sql in (string[])["update audit set user_id = null", "delete from audit", "truncate audit"])
        {
            await using var command = new NpgsqlCommand(sql, connection);
            var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Ct));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
    }

    [Fact]
    public async Task Secrets_do_not_get_into_the_history()
    {
        var owner = await database.Scene.PersonAsync("secretive");
        await database.Get<AccessTokens>().CreateAsync(owner, "script", ["read"], 1, Ct);
        var entry = await database.Scene.ReadAsync(db => db.Audit.Where(e => e.TableName == "access_tokens" && e.UserId == owner).SingleAsync(Ct));
        Assert.Equal("(secret)", entry.After.RootElement.GetProperty("hash").GetString());
    }
}
