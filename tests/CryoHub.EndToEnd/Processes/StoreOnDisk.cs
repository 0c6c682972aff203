using Npgsql;

namespace CryoHub.EndToEnd.Processes;

/// <summary>The file store's objects beside the rows that name them, looked at from outside the platform.</summary>
internal sealed class StoreOnDisk(string folder, string database)
{
    private const string Named = """
        select object_key from dataset_files union select thumbnail_key from signals union select zarr_prefix || '/%' from signals
        union select thumbnail_key from result_items union select object_key from result_items union select object_key || '/%' from result_items
        union select 'audit/%'
        """;   // the heads of the audit log lie beside the database so that nobody who owns its tables owns them

    /// <summary>Objects that no row names.</summary>
    public async Task<IReadOnlyList<string>> OrphansAsync()
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand($"select key from unnest($1) key where not exists (select 1 from ({Named}) named(pattern) where pattern <> '' and pattern <> '/%' and key like pattern)", connection);
        command.Parameters.AddWithValue(Files().Select(file => Path.GetRelativePath(folder, file)).ToArray());
        await using var reader = await command.ExecuteReaderAsync();
        var orphans = new List<string>();
        while (await reader.ReadAsync())
        {
            orphans.Add(reader.GetString(0));
        }

        return orphans;
    }

    public void Age(TimeSpan by)
    {
        foreach (var file in Files())
        {
            File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file) - by);
        }
    }

    /// <summary>The day begins anew: the next start inserts its daily jobs again.</summary>
    public async Task ForgetDailyJobsAsync()
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand("delete from jobs where period is not null", connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What the reconcile job said in the end.</summary>
    public async Task<string?> ReconciledAsync()
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand("select summary from jobs where kind = 'reconcile' and status = 'Succeeded'", connection);
        return await command.ExecuteScalarAsync() as string;
    }

    private IEnumerable<string> Files() => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories);

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        return connection;
    }
}
