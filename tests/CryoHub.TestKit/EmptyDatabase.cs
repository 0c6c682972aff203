using Npgsql;

namespace CryoHub.TestKit;

/// <summary>A database without a schema, on the tests' PostgreSQL; gone afterwards.</summary>
public sealed class EmptyDatabase : IAsyncDisposable
{
    private EmptyDatabase(string ownerConnectionString) => OwnerConnectionString = ownerConnectionString;

    /// <summary>Of the role that will own the tables; without a pool, so that nothing stays open.</summary>
    public string OwnerConnectionString { get; }

    private string Name => new NpgsqlConnectionStringBuilder(OwnerConnectionString).Database!;

    public static async Task<EmptyDatabase> CreateAsync()
    {
        var owner = new NpgsqlConnectionStringBuilder(await PostgresServer.OwnerAsync()) { Pooling = false };
        await using var server = new NpgsqlConnection(owner.ConnectionString);
        await server.OpenAsync();
        owner.Database = $"test_{Guid.CreateVersion7():n}";
        await server.ExecuteAsync($"create database {owner.Database}");
        return new(owner.ConnectionString);
    }

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(OwnerConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await connection.ExecuteAsync(sql);
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await OpenAsync();
        return (T)(await connection.ScalarAsync(sql))!;
    }

    public async ValueTask DisposeAsync()
    {
        await using var server = new NpgsqlConnection(await PostgresServer.OwnerAsync());
        await server.OpenAsync();
        await server.ExecuteAsync($"drop database if exists {Name} with (force)");
    }
}
