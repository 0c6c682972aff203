using System.ComponentModel.DataAnnotations;
using Npgsql;

namespace CryoHub.Platform;

/// <summary>Section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Of the application's role, which owns no table.</summary>
    [Required(ErrorMessage = "Database__ConnectionString is missing: the connection of the role cryohub_app.")]
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// What the planner is told in every session: a random page costs hardly more than the next one, as on solid-state disks and in memory, so that it prefers an index to reading a table from
    /// end to end; and no just-in-time compilation, which costs a short query more than it saves. What the connection string says in <c>Options</c> comes later and wins.
    /// </summary>
    internal string TunedConnectionString
    {
        get
        {
            var connection = new NpgsqlConnectionStringBuilder(ConnectionString);
            connection.Options = $"-c random_page_cost=1.1 -c jit=off {connection.Options}".TrimEnd();
            return connection.ConnectionString;
        }
    }
}
