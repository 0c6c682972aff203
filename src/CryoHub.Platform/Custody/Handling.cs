using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Samples;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CryoHub.Platform.Custody;

/// <summary>The rules that every act on an item shares: who may, one after the other, never into the past before the last act.</summary>
internal static class Handling
{
    /// <summary>Items that the person sees: those of visible projects, and those in the keeping of the person's labs.</summary>
    public static IQueryable<Sample> Handled(this CryoHubDb db, Guid userId) => db.Samples.Where(s => s.DeletedAt == null && s.Project.DeletedAt == null
        && (s.Project.Access.Any(a => a.UserId == userId)
            || db.Keepings.Any(k => k.SampleId == s.Id && k.Until == null && k.Lab.Memberships.Any(m => m.UserId == userId))
            || db.Keepings.Any(k => k.SampleId == s.Id && k.Until == null && db.Shipments.Any(p => p.Id == k.ShipmentId && p.ToLab!.Memberships.Any(m => m.UserId == userId)))));

    /// <summary>Editors of its project, and all but viewers of the lab that has it now.</summary>
    public static IQueryable<Sample> HandledBy(this CryoHubDb db, Guid userId) => db.Samples.Where(s => s.DeletedAt == null && s.Project.DeletedAt == null
        && (s.Project.Access.Any(a => a.UserId == userId && a.Role >= ProjectRole.Editor)
            || db.Keepings.Any(k => k.SampleId == s.Id && k.Until == null && k.Lab.Memberships.Any(m => m.UserId == userId && m.Role >= LabRole.Member))));

    /// <summary>Takes the item's lock, so that two people who act on it come one after the other. <c>null</c>: it cannot be seen.</summary>
    /// <exception cref="ProblemException">Forbidden: it can be seen, not handled.</exception>
    public static async Task<Sample?> BeginAsync(CryoHubDb db, Guid userId, Guid sampleId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from samples where id = {sampleId} for update", ct);
        if (await db.HandledBy(userId).Include(s => s.Project).AsNoTracking().SingleOrDefaultAsync(s => s.Id == sampleId, ct) is { } sample)
        {
            return sample;
        }

        return await db.Handled(userId).AnyAsync(s => s.Id == sampleId, ct)
            ? throw new ProblemException(ProblemKind.Forbidden, "You may see where this item is, not move it.")
            : null;
    }

    public static Task<Keeping?> CurrentAsync(CryoHubDb db, Guid sampleId, CancellationToken ct) =>
        db.Keepings.Include(k => k.Place).Include(k => k.Person).SingleOrDefaultAsync(k => k.SampleId == sampleId && k.Until == null, ct);

    /// <summary>When it was last sure where the item is: the beginning of its present or, where it is lost, last keeping. <c>null</c>: nobody ever recorded it.</summary>
    public static async Task<DateTimeOffset?> LastSeenAsync(CryoHubDb db, Guid sampleId, Keeping? current, CancellationToken ct) =>
        current?.Since ?? await db.Keepings.Where(k => k.SampleId == sampleId).MaxAsync(k => (DateTimeOffset?)k.Since, ct);

    /// <summary>The lab that the person acts for: the one that has the item now, else the owner's, else one of the person's own.</summary>
    public static async Task<Guid> LabAsync(CryoHubDb db, Guid userId, Sample sample, Keeping? current, CancellationToken ct)
    {
        var own = await db.Memberships.Where(m => m.UserId == userId && m.Role >= LabRole.Member).Select(m => m.LabId).ToListAsync(ct);
        return current is not null && own.Contains(current.LabId) ? current.LabId
            : own.Contains(sample.Project.LabId) ? sample.Project.LabId
            : own.Count > 0 ? own[0]
            : current?.LabId ?? sample.Project.LabId;
    }

    /// <summary>Ends what was and begins what is, at one moment.</summary>
    public static void Follow(CryoHubDb db, Keeping? current, Keeping next)
    {
        if (current is not null)
        {
            if (next.Since < current.Since)
            {
                throw new ProblemException(
                    ProblemKind.Invalid, $"The last act on this item was recorded for {current.Since:d MMM yyyy HH:mm} UTC; this one is for {next.Since:d MMM yyyy HH:mm}, before it. Record the past instead.");
            }

            current.Until = next.Since;
        }

        db.Add(next);
    }

    /// <summary>Saves, and says in words what the database's constraints refuse.</summary>
    public static async Task SaveAsync(CryoHubDb db, Func<Task<string>> why, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException refused) when (refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.ExclusionViolation or PostgresErrorCodes.UniqueViolation })
        {
            throw new ProblemException(ProblemKind.Conflict, await why());
        }
    }

    public static string Note(string? note) =>
        note?.Trim() is not { } trimmed ? "" : trimmed.Length <= 2000 ? trimmed : throw new ProblemException(ProblemKind.Invalid, $"The note has {trimmed.Length} characters; 2000 is the limit.");

    /// <summary>The given moment in UTC, or now.</summary>
    /// <exception cref="ProblemException">Invalid: it lies in the future.</exception>
    public static DateTimeOffset Moment(TimeProvider time, DateTimeOffset? at)
    {
        var now = time.GetUtcNow();
        var moment = at?.ToUniversalTime() ?? now;
        moment = moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerMicrosecond));   // what the database keeps: two ends that meet stay equal
        return moment <= now + TimeSpan.FromMinutes(5) ? moment : throw new ProblemException(ProblemKind.Invalid, $"{moment:d MMM yyyy HH:mm} UTC is in the future; record it when it is done.");
    }
}
