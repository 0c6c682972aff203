using CryoHub.Platform.Datasets;
using CryoHub.Platform.Search;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CryoHub.Platform.Tests.Datasets;

/// <summary>O12: what is searched are columns of the rows themselves, so an index that is gone costs time but no answer, and is made anew while people search.</summary>
public sealed class SearchRebuildTests(SearchTests.Archive archive) : IClassFixture<SearchTests.Archive>
{
    private const string Index = "ix_datasets_search_text";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lost_index_loses_no_answer_and_is_made_anew_while_people_search_and_write()
    {
        await using var owner = new NpgsqlConnection(archive.Database.OwnerConnectionString);
        await owner.OpenAsync(Ct);
        var definition = await AskAsync<string>(owner, $"select pg_get_indexdef('{Index}'::regclass)");
        await DoAsync(owner, $"drop index {Index}");
        Assert.Equal(20, await FindAsync("rare7"));

        var rebuilding = DoAsync(owner, definition.Replace("CREATE INDEX", "create index concurrently", StringComparison.Ordinal));
        var asked = 0;
        do
        {
            Assert.Equal(20 + asked, await FindAsync("rare7"));
            await WriteAsync(asked++);
        }
        while (!rebuilding.IsCompleted);

        await rebuilding;
        Assert.Equal(20 + asked, await FindAsync("rare7"));   // what was written meanwhile is in the new index
        Assert.True(await AskAsync<bool>(owner, $"select indisvalid from pg_index where indexrelid = '{Index}'::regclass"));
    }

    private async Task<int> FindAsync(string text) =>
        (await archive.Database.Get<SearchIndex>().FindAsync(archive.Owner, new DatasetFilter { Text = text }, new PageRequest(0, 50), Ct)).Items.Count(hit => hit.Kind == SearchKind.Dataset);

    private static async Task DoAsync(NpgsqlConnection owner, string command)
    {
        await using var done = new NpgsqlCommand(command, owner);
        await done.ExecuteNonQueryAsync(Ct);
    }

    private static async Task<T> AskAsync<T>(NpgsqlConnection owner, string question)
    {
        await using var command = new NpgsqlCommand(question, owner);
        return (T)(await command.ExecuteScalarAsync(Ct))!;
    }

    private async Task WriteAsync(int number)
    {
        await using var db = archive.Database.CreateDbContext();
        await db.Database.ExecuteSqlAsync(
            $"update datasets set notes = 'rare7' where id = (select id from datasets where notes = '' and kind = 'image' order by id offset {number} limit 1)", Ct);
    }
}
