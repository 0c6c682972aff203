using System.Text.Json;
using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Datasets;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Jobs;

/// <summary>Signals given back as files of other formats: a job writes the file, which is kept for a week. Who may see a signal may export it.</summary>
public sealed class Exports(IDbContextFactory<CryoHubDb> dbs, JobQueue queue, TimeProvider clock)
{
    /// <summary>The role of the exported signal among the job's inputs.</summary>
    public const string Role = "signal";

    /// <summary>How long the file is kept.</summary>
    public static readonly TimeSpan Keeps = TimeSpan.FromDays(7);

    /// <summary>What the signal is, for the question which formats can hold it; <c>null</c> where it is not the person's to see.</summary>
    public async Task<SignalHeader?> HeaderAsync(Guid userId, Guid datasetId, int index, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var signal = await db.Datasets.VisibleTo(userId).Where(d => d.Id == datasetId).SelectMany(d => d.Signals).AsNoTracking().SingleOrDefaultAsync(s => s.Index == index, ct);
        return signal is null ? null : SignalJson.Header(signal);
    }

    /// <summary>A new job, or the one that writes or wrote the same file; <c>null</c> where the signal is not the person's to see.</summary>
    /// <param name="userId">Who asks.</param>
    /// <param name="datasetId">The data set.</param>
    /// <param name="index">Which of its signals.</param>
    /// <param name="extension">Of the writer, with the dot.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<Submitted?> SubmitAsync(Guid userId, Guid datasetId, int index, string extension, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var signal = await db.Datasets.VisibleTo(userId).Where(d => d.Id == datasetId).SelectMany(d => d.Signals).Where(s => s.Index == index)
            .Select(s => new { s.Dataset.Name, s.Dataset.ProjectId }).SingleOrDefaultAsync(ct);
        if (signal is null)
        {
            return null;
        }

        var id = Guid.CreateVersion7();
        var input = new JobInput { JobId = id, Role = Role, DatasetId = datasetId, SignalIndex = index, Sha256 = await JobFingerprint.OfAsync(db, datasetId, ct) };
        var parameters = JsonSerializer.Serialize(new { format = extension });
        var work = new SubmitAnalysis(signal.ProjectId, JobKinds.Export, 1, "", parameters, [], new Dictionary<string, IReadOnlyList<string>>());
        var job = new Job
        {
            Id = id,
            ProjectId = signal.ProjectId,
            Kind = JobKinds.Export,
            Class = JobClass.Light,
            Title = $"Export as {extension}: {signal.Name}",
            Parameters = JsonDocument.Parse(parameters),
            Fingerprint = JobFingerprint.Of(work, [input]),
            SubmittedBy = userId,
            CreatedAt = clock.GetUtcNow(),
        };
        job.Inputs.Add(input);
        return await queue.EnqueueAsync(db, job, ct);
    }
}
