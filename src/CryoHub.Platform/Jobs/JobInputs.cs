using CryoHub.Imaging;
using CryoHub.Platform.Access;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Jobs;

/// <summary>Looks up what a job wants to read, with the rights of the person who asks.</summary>
internal static class JobInputs
{
    /// <exception cref="ProblemException">An input is not there for this person, not ready, or of a kind the analysis does not take.</exception>
    public static async Task<List<JobInput>> ResolveAsync(CryoHubDb db, Guid userId, SubmitAnalysis work, Guid jobId, CancellationToken ct)
    {
        var inputs = new List<JobInput>();
        foreach (var wanted in work.Inputs)
        {
            var signal = await db.Datasets.VisibleTo(userId).Where(d => d.Id == wanted.DatasetId).SelectMany(d => d.Signals).Where(s => s.Index == wanted.Signal)
                .Select(s => new { s.Kind, s.Dataset.Name }).FirstOrDefaultAsync(ct)
                ?? throw ProblemException.Invalid($"Input \"{wanted.Role}\": there is no signal {wanted.Signal} of data set {wanted.DatasetId}.");
            if (!work.Kinds.TryGetValue(wanted.Role, out var kinds))
            {
                throw ProblemException.Invalid($"{work.Title} has no input \"{wanted.Role}\"; it has {string.Join(", ", work.Kinds.Keys)}.");
            }

            if (!kinds.Contains(signal.Kind))
            {
                throw ProblemException.Invalid($"Input \"{wanted.Role}\" takes {string.Join(" or ", kinds)}; signal {wanted.Signal} of {signal.Name} is {signal.Kind}.");
            }

            var hash = await JobFingerprint.OfAsync(db, wanted.DatasetId, ct);
            inputs.Add(new JobInput { JobId = jobId, Role = wanted.Role, DatasetId = wanted.DatasetId, SignalIndex = wanted.Signal, Sha256 = hash });
        }

        return inputs;
    }

    /// <summary>Why a job may not run, or not publish, now; <c>null</c> where it may. Between submission and now rights end and data go to the trash. A part reads what its parent reads.</summary>
    public static async Task<string?> RefusalAsync(CryoHubDb db, Guid jobId, CancellationToken ct)
    {
        var job = await db.Jobs.AsNoTracking().Where(j => j.Id == jobId).Select(j => new { j.Kind, j.ProjectId, j.SubmittedBy, j.Inputs, j.ParentId }).SingleAsync(ct);
        if (job.ParentId is { } parentId)
        {
            return await RefusalAsync(db, parentId, ct);
        }

        if (job.Kind is not (JobKinds.Analysis or JobKinds.Export))
        {
            return null;
        }

        var person = job.SubmittedBy ?? Guid.Empty;
        // Who may see data may take them away: an export asks no more than that its input is visible.
        if (job.Kind == JobKinds.Analysis && !await db.Projects.EditableBy(person).AnyAsync(p => p.Id == job.ProjectId, ct))
        {
            return "The person who submitted this job may no longer change its project.";
        }

        foreach (var input in job.Inputs)
        {
            if (!await db.Datasets.VisibleTo(person).AnyAsync(d => d.Id == input.DatasetId, ct))
            {
                return $"Input \"{input.Role}\": data set {input.DatasetId} is in the trash or no longer visible to the person who submitted this job.";
            }

            if (!(await JobFingerprint.OfAsync(db, input.DatasetId, ct)).AsSpan().SequenceEqual(input.Sha256))
            {
                return $"Input \"{input.Role}\": the files of data set {input.DatasetId} are others than at submission.";
            }
        }

        return null;
    }
}
