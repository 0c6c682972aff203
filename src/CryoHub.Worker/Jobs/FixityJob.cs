using CryoHub.Analyses;
using CryoHub.Imaging.Sources;
using CryoHub.Platform;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Worker.Jobs;

/// <summary>Reads stored originals again and compares them with the hashes their senders made: each at least once a week, and says on the file what is wrong.</summary>
internal sealed class FixityJob(IDbContextFactory<CryoHubDb> dbs, IObjectStore store, TimeProvider clock) : IJobHandler
{
    private static readonly TimeSpan Age = TimeSpan.FromDays(7);

    public string Kind => JobKinds.Fixity;

    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var before = clock.GetUtcNow() - Age;
        var files = await db.DatasetFiles.AsNoTracking().Where(f => f.VerifiedAt == null || f.VerifiedAt < before)
            .OrderBy(f => f.VerifiedAt).Select(f => new { f.Id, f.DatasetId, f.Path, f.ObjectKey, f.Size, f.Sha256 }).ToListAsync(ct);
        var damaged = new List<string>();
        for (var i = 0; i < files.Count; i++)
        {
            var file = files[i];
            run.Progress.Report(new Step((double)i / files.Count, file.Path));
            var damage = await DamageAsync(file.ObjectKey, file.Size, file.Sha256, ct);
            var now = clock.GetUtcNow();
            await db.DatasetFiles.Where(f => f.Id == file.Id).ExecuteUpdateAsync(set => set.SetProperty(f => f.VerifiedAt, now).SetProperty(f => f.Damage, damage), ct);
            if (damage.Length > 0)
            {
                damaged.Add($"{file.Path} of data set {file.DatasetId}: {damage}");
            }
        }

        await run.SucceedAsync($"{files.Count} files read, {damaged.Count} damaged. {string.Join(' ', damaged.Take(100))}".TrimEnd(), _ => Task.CompletedTask, ct);
    }

    private async Task<string> DamageAsync(string key, long size, byte[] sha256, CancellationToken ct)
    {
        using var stored = await store.OpenAsync(key, ct);
        if (stored is null)
        {
            return $"The object of {size} bytes is missing.";
        }

        var found = await stored.Sha256Async(ct);
        return found.AsSpan().SequenceEqual(sha256) ? "" : $"The stored bytes have SHA-256 {Convert.ToHexStringLower(found)} instead of {Convert.ToHexStringLower(sha256)}.";
    }
}
