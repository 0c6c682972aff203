using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;
using CryoHub.Platform.Jobs;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CryoHub.Platform.Tests.Jobs;

/// <summary>U13: 200,000 files wait to be ingested, and each claim costs what it costs when one waits.</summary>
public sealed partial class LongQueueTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Waiting = 3_000;
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_next_of_many_is_found_without_reading_the_others()
    {
        var queue = new QueueBench(database);
        var (many, single) = (await Bench.CreateAsync(database), await Bench.CreateAsync(database));
        var first = await queue.SubmitAsync(many, await many.DatasetAsync());
        await RepeatAsync(first);
        queue.Clock.Advance(TimeSpan.FromDays(1));
        var other = await queue.SubmitAsync(single, await single.DatasetAsync());

        var plan = await ExplainAsync();
        Assert.Contains("ix_jobs_queue", plan, StringComparison.Ordinal);
        Assert.All(Rows().Matches(plan), rows => Assert.InRange(double.Parse(rows.Groups[1].Value, CultureInfo.InvariantCulture), 0, 500));
        Assert.Equal(first, (await queue.ClaimAsync())!.Id);   // the oldest of all
        Assert.Equal(other, (await queue.ClaimAsync())!.Id);   // of the lab that runs nothing
        Assert.Equal(many.ProjectId, (await queue.ClaimAsync())!.ProjectId);
    }

    private async Task RepeatAsync(Guid job)
    {
        await using var db = database.CreateDbContext();
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into jobs (id, project_id, kind, class, title, submitted_by, created_at, analysis_key, analysis_version, parameters, fingerprint, status, fraction, step, problem, summary,
                attempts, crashes, cancel_requested, stop_requested, software_version)
            select gen_random_uuid(), project_id, kind, class, title, submitted_by, created_at + n * interval '1 second', analysis_key, analysis_version, parameters, fingerprint, status, 0, '', '', '',
                0, 0, false, false, '' from jobs, generate_series(1, {Waiting}) n where id = {job}
            """,
            Ct);
        await using var owner = new NpgsqlConnection(database.OwnerConnectionString);
        await owner.OpenAsync(Ct);
        await using var analyze = new NpgsqlCommand("analyze jobs", owner);   // what the server does by itself within a minute
        await analyze.ExecuteNonQueryAsync(Ct);
    }

    /// <summary>The plan as it was carried out, and taken back.</summary>
    private async Task<string> ExplainAsync()
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        await using var command = NextJob.Take(db, Guid.CreateVersion7(), JobClass.Heavy, Now, Now.AddMinutes(1)).CreateDbCommand();
        command.CommandText = "explain (analyze, timing off) " + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, Ct);
        var plan = new List<string>();
        while (await reader.ReadAsync(Ct))
        {
            plan.Add(reader.GetString(0));
        }

        return string.Join('\n', plan);
    }

    [GeneratedRegex(@"\(actual rows=([0-9.]+)")]
    private static partial Regex Rows();
}
