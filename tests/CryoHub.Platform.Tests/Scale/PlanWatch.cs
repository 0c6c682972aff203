using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace CryoHub.Platform.Tests.Scale;

/// <summary>Asks PostgreSQL, before every command of a context, how it will go about it, and notes which big tables it means to read from end to end.</summary>
internal sealed class PlanWatch : DbCommandInterceptor
{
    private static readonly string[] Big = ["samples", "datasets", "dataset_files", "signals", "steps", "step_samples", "step_datasets", "jobs", "job_inputs", "results", "audit", "audit_links", "shapes"];

    private readonly ConcurrentQueue<string> found = [];
    private readonly ConcurrentQueue<string> asked = [];
    private readonly ConcurrentQueue<string> alone = [];

    /// <summary>Indexes that answered without a look at the rows.</summary>
    public IReadOnlyCollection<string> IndexesAlone => alone;

    /// <summary>How many plans were looked at.</summary>
    public int Plans { get; private set; }

    /// <summary>One entry for each sequential scan: the table and the command.</summary>
    public IReadOnlyCollection<string> SequentialScans => found;

    /// <summary>Names of the indexes that were asked, as often as they were.</summary>
    public IReadOnlyCollection<string> Indexes => asked;

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await LookAsync(command, cancellationToken);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await LookAsync(command, cancellationToken);
        return result;
    }

    public override async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        await LookAsync(command, cancellationToken);
        return result;
    }

    private async Task LookAsync(DbCommand command, CancellationToken ct)
    {
        foreach (var statement in command.CommandText.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            await using var explain = new NpgsqlCommand("explain (format json) " + statement, (NpgsqlConnection)command.Connection!, (NpgsqlTransaction?)command.Transaction);
            explain.Parameters.AddRange(command.Parameters.Cast<NpgsqlParameter>().Where(parameter => statement.Contains(parameter.ParameterName, StringComparison.Ordinal)).Select(parameter => parameter.Clone()).ToArray());
            using var plan = JsonDocument.Parse((string)(await explain.ExecuteScalarAsync(ct))!);
            Plans++;
            Walk(plan.RootElement[0].GetProperty("Plan"), statement);
        }
    }

    private void Walk(JsonElement node, string statement)
    {
        if (node.GetProperty("Node Type").GetString() == "Seq Scan" && node.GetProperty("Relation Name").GetString() is { } table && Big.Contains(table))
        {
            found.Enqueue($"{table}: {statement}");
        }

        if (node.TryGetProperty("Index Name", out var index))
        {
            asked.Enqueue(index.GetString()!);
            if (node.GetProperty("Node Type").GetString() == "Index Only Scan")
            {
                alone.Enqueue(index.GetString()!);
            }
        }

        if (node.TryGetProperty("Plans", out var children))
        {
            foreach (var child in children.EnumerateArray())
            {
                Walk(child, statement);
            }
        }
    }
}
