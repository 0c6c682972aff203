using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Custody;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Steps;
using CryoHub.Platform.Storage;
using CryoHub.Platform.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform.Facility;

/// <summary>Gathers the day of a facility for its managers.</summary>
public sealed class FacilityBoard(IDbContextFactory<CryoHubDb> dbs, BookingCalendar calendar, FacilityAlarms alarms, IOptions<StorageOptions> storage, TimeProvider time)
{
    private const int MostWaiting = 20, MostJobs = 10;

    /// <summary><c>null</c> where the lab cannot be seen.</summary>
    public async Task<FacilityToday?> ReadAsync(Guid userId, Guid labId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await LabDirectory.IsManagedByAsync(db, userId, labId, "The facility's day is for the lab's managers.", ct))
        {
            return null;
        }

        var lab = await db.Labs.Where(l => l.Id == labId).Select(l => new { l.TimeZone, l.QuotaBytes, Used = db.Datasets.Where(d => d.Project.LabId == labId).Sum(d => d.SizeBytes) }).SingleAsync(ct);
        var zone = LabZone.Of(lab.TimeZone);
        var (from, until) = (zone.StartOf(zone.Day(now)), zone.StartOf(zone.Day(now).AddDays(1)));
        var jobs = db.Jobs.Where(j => j.ParentId == null && j.DeletedAt == null && j.Project.LabId == labId && j.Project.DeletedAt == null && (j.Status == JobStatus.Running || j.Status == JobStatus.Waiting || j.Status == JobStatus.Queued));
        var waiting = Waiting(db, labId);
        var disk = Disk();
        return new FacilityToday(
            zone.Name, from, until, await calendar.ListAsync(userId, labId, from, until, ct) ?? [], await WaitingAsync(db, labId, waiting, ct), await waiting.CountAsync(ct),
            await jobs.OrderByDescending(j => j.Status == JobStatus.Running).ThenBy(j => j.CreatedAt).ThenBy(j => j.Id).Take(MostJobs).Select(j => new QueuedJob(j.Id, j.Title, j.Status, j.Fraction, j.Project.Name)).ToListAsync(ct),
            await jobs.CountAsync(j => j.Status == JobStatus.Running, ct), await jobs.CountAsync(j => j.Status != JobStatus.Running, ct),
            lab.Used, lab.QuotaBytes, disk?.Free, disk?.Size, await alarms.ReadAsync(db, labId, zone, lab.Used, lab.QuotaBytes, disk, ct));
    }

    /// <summary>What could lie under a beam, is in the lab's keeping and has not been measured. Of other labs' items only that they are here is asked.</summary>
    private static IQueryable<Keeping> Waiting(CryoHubDb db, Guid labId) => db.Keepings
        .Where(k => k.LabId == labId && k.Until == null && k.Kind != KeepingKind.Shipment && k.Kind != KeepingKind.Outside && k.Sample.DeletedAt == null && k.Sample.Project.DeletedAt == null)
        .Where(k => k.Sample.Kind == SampleKind.Grid || k.Sample.Kind == SampleKind.Lamella)
        .Where(k => k.Sample.Project.LabId != labId || !db.Datasets.Any(d => d.SampleId == k.SampleId && d.DeletedAt == null));

    private static async Task<IReadOnlyList<WaitingItem>> WaitingAsync(CryoHubDb db, Guid labId, IQueryable<Keeping> waiting, CancellationToken ct)
    {
        var rows = await waiting.OrderBy(k => k.Since).ThenBy(k => k.Id).Take(MostWaiting)
            .Select(k => new
            {
                Item = new SampleLink(k.SampleId, k.Sample.Kind, k.Sample.Name),
                LabName = k.Sample.Project.Lab.Name,
                IsOwn = k.Sample.Project.LabId == labId,
                k.Since,
                k.PlaceId,
                k.Slot,
                Person = k.PersonId != null ? k.Person!.DisplayName : "",
            }).ToListAsync(ct);
        var places = await CustodyBook.PathsAsync(db, [.. rows.Select(row => row.PlaceId).OfType<Guid>()], ct);
        var own = rows.Where(row => row.IsOwn).Select(row => row.Item.Id).ToList();

        // The run that it is in: one that began with it, or whose last step made it.
        var runs = await db.WorkflowRuns.Where(r => r.DeletedAt == null && (own.Contains(r.SampleId) || db.Steps.Any(s => s.RunId == r.Id && s.DeletedAt == null && s.Samples.Any(l => l.Role == StepRole.Product && own.Contains(l.SampleId)))))
            .OrderByDescending(r => r.CreatedAt)
            .Select(r => new
            {
                r.SampleId,
                r.Template,
                Last = db.Steps.Where(s => s.RunId == r.Id && s.DeletedAt == null).Max(s => s.RunStep),
                Made = db.Steps.Where(s => s.RunId == r.Id && s.DeletedAt == null).SelectMany(s => s.Samples.Where(l => l.Role == StepRole.Product).Select(l => l.SampleId)).ToList(),
            }).AsNoTracking().Take(200).ToListAsync(ct);
        return
        [
            .. rows.Select(row =>
            {
                var run = runs.FirstOrDefault(r => r.Made.Contains(row.Item.Id)) ?? runs.FirstOrDefault(r => r.SampleId == row.Item.Id);
                var next = run is null ? null : TemplateLibrary.Read(run.Template).Steps.Skip(run.Last ?? 0).FirstOrDefault();
                return new WaitingItem(
                    row.Item, row.LabName, !row.IsOwn ? "its session" : next?.Title ?? "its first data set", row.Since, row.PlaceId is { } place ? $"{places.GetValueOrDefault(place)}, slot {row.Slot}" : row.Person);
            }),
        ];
    }

    private DiskRoom? Disk()
    {
        if (storage.Value.Kind != StorageKind.File || !Directory.Exists(storage.Value.Folder))
        {
            return null;
        }

        var drive = new DriveInfo(Path.GetFullPath(storage.Value.Folder));
        return new DiskRoom(drive.AvailableFreeSpace, drive.TotalSize);
    }
}
