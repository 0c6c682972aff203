using CryoHub.Platform.Jobs;
using CryoHub.Platform.Messages;
using CryoHub.TestKit;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform.Tests.Jobs;

/// <summary>A queue on a real database with a clock that the test moves.</summary>
internal sealed class QueueBench(TestDatabase database)
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Kinds = new Dictionary<string, IReadOnlyList<string>> { ["image"] = ["image"] };

    public ManualClock Clock { get; } = new();

    public LocalNews News { get; } = new();

    public JobOptions Options { get; } = new() { Lease = TimeSpan.FromSeconds(30) };

    public JobQueue Queue => new(database, News, Clock);

    public JobClaims Claims => new(database, News, Microsoft.Extensions.Options.Options.Create(Options), Clock);

    public Task<ClaimedJob?> ClaimAsync(JobClass jobClass = JobClass.Heavy) => Claims.ClaimAsync(Guid.CreateVersion7(), jobClass, CancellationToken.None);

    public async Task<Guid> SubmitAsync(Bench bench, Guid datasetId, string parameters = "{}", Guid? by = null) =>
        (await Queue.SubmitAsync(by ?? bench.UserId, Work(bench, datasetId, parameters), CancellationToken.None))!.JobId;

    public static SubmitAnalysis Work(Bench bench, Guid datasetId, string parameters = "{}") =>
        new(bench.ProjectId, "fft-peaks", 1, "Peaks", parameters, [new JobInputRef("image", datasetId, 0)], Kinds);

    public async Task<Job> JobAsync(Guid jobId)
    {
        await using var db = database.CreateDbContext();
        return await db.Jobs.FindAsync(jobId) ?? throw new InvalidOperationException("No such job.");
    }
}
