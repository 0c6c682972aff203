using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Datasets;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Uploads;

/// <summary>Where an announced file goes: may it, is it there already, into which data set.</summary>
internal static class UploadPlace
{
    /// <summary><c>false</c> where the project is not the person's to see.</summary>
    /// <exception cref="ProblemException">The person may not add to it, or sample or session are of another project.</exception>
    public static async Task<bool> MayAddAsync(CryoHubDb db, Guid userId, StartUpload file, CancellationToken ct)
    {
        if (!await db.Projects.MayAddToAsync(userId, file.ProjectId, ct))
        {
            return false;
        }

        if (file.SampleId is { } sampleId && !await db.Samples.VisibleTo(userId).AnyAsync(s => s.Id == sampleId && s.ProjectId == file.ProjectId, ct))
        {
            throw ProblemException.Invalid($"There is no sample {sampleId} in this project.");
        }

        if (file.SessionId is { } sessionId && !await db.Sessions.VisibleTo(userId).AnyAsync(s => s.Id == sessionId && s.ProjectId == file.ProjectId, ct))
        {
            throw ProblemException.Invalid($"There is no session {sessionId} in this project.");
        }

        return true;
    }

    /// <summary>The upload of the same file of the same drop that is still open.</summary>
    public static async Task<UploadStarted?> OpenTwinAsync(CryoHubDb db, Guid userId, StartUpload file, CancellationToken ct) => await db.Uploads
        .Where(u => u.UserId == userId && u.DropId == file.DropId && u.Path == file.Path && u.Size == file.Size && u.Status == UploadStatus.Open && u.Dataset.ProjectId == file.ProjectId)
        .Select(u => new UploadStarted(u.Id, u.PartSize, u.PartCount, u.DatasetId)).FirstOrDefaultAsync(ct);

    /// <summary>The data set that the file's companions of the same drop are received into, or a new one.</summary>
    public static async Task<Guid> DatasetOfAsync(CryoHubDb db, Guid userId, StartUpload file, CompanionGroup group, DateTimeOffset now, CancellationToken ct)
    {
        await db.LockAsync(System.Text.Encoding.UTF8.GetBytes($"{userId}\n{file.DropId}\n{file.ProjectId}\n{group.Key}"), ct);
        var found = await db.Uploads
            .Where(u => u.UserId == userId && u.DropId == file.DropId && u.GroupKey == group.Key && u.Dataset.ProjectId == file.ProjectId && u.Dataset.Status == DatasetStatus.Receiving)
            .Where(u => !db.Uploads.Any(twin => twin.DatasetId == u.DatasetId && twin.Path == file.Path && twin.Status != UploadStatus.Aborted))
            .Select(u => (Guid?)u.DatasetId).FirstOrDefaultAsync(ct);
        if (found is { } known)
        {
            return known;
        }

        var dataset = new Dataset
        {
            Id = Guid.CreateVersion7(),
            ProjectId = file.ProjectId,
            SampleId = file.SampleId,
            SessionId = file.SessionId,
            Name = UploadNames.DatasetName(group.Key),
            Status = DatasetStatus.Receiving,
            CreatedBy = userId,
            CreatedAt = now,
        };
        db.Datasets.Add(dataset);
        await db.SaveChangesAsync(ct);
        return dataset.Id;
    }
}
