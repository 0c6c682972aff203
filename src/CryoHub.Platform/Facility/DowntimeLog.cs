using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CryoHub.Platform.Facility;

/// <summary>When instruments did not work, and why. Everybody of the lab but viewers records it.</summary>
public sealed class DowntimeLog(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    /// <summary>Newest first; <c>null</c> where the instrument cannot be seen.</summary>
    public async Task<Page<DowntimeRow>?> ListAsync(Guid userId, Guid instrumentId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Instruments.VisibleTo(userId).AnyAsync(i => i.Id == instrumentId, ct)
            ? await db.Downtimes.Where(d => d.InstrumentId == instrumentId).OrderByDescending(d => d.Since).ThenBy(d => d.Id)
                .Select(d => new DowntimeRow(d.Id, d.Cause, d.Since, d.Until, d.ExpectedUntil, d.Remedy, db.Users.Where(u => u.Id == d.RecordedBy).Select(u => u.DisplayName).FirstOrDefault() ?? ""))
                .ToPageAsync(page, ct)
            : null;
    }

    /// <summary>The record's id; <c>null</c> where the instrument cannot be seen.</summary>
    public async Task<Guid?> RecordAsync(Guid userId, Guid instrumentId, RecordDowntime what, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await db.ToChangeAsync(userId, instrumentId, LabRole.Member, ct) is not { } instrument)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var (since, until, expected) = ((what.Since ?? now).ToUniversalTime(), what.Until?.ToUniversalTime(), what.ExpectedUntil?.ToUniversalTime());
        if (since > now || until > now || until < since || expected < since)
        {
            throw new ProblemException(ProblemKind.Invalid, $"A downtime begins in the past, ends after it began and not in the future; given were {since:d MMM yyyy HH:mm} to {(until is { } end ? $"{end:d MMM yyyy HH:mm}" : "now")} UTC. What is planned is a maintenance booking.");
        }

        var downtime = new Downtime
        {
            Id = Guid.CreateVersion7(),
            InstrumentId = instrumentId,
            Cause = Required.Name(what.Cause, 2000),
            Since = since,
            Until = until,
            ExpectedUntil = until is null ? expected : null,
            RecordedBy = userId,
        };
        db.Add(downtime);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException refused) when (refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.ExclusionViolation })
        {
            throw new ProblemException(ProblemKind.Conflict, $"{instrument.Name} is recorded as down in that time already; end that first.");
        }

        return downtime.Id;
    }

    public async Task<Change> EndAsync(Guid userId, Guid downtimeId, EndDowntime how, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await db.Downtimes.SingleOrDefaultAsync(d => d.Id == downtimeId, ct) is not { } downtime || await db.ToChangeAsync(userId, downtime.InstrumentId, LabRole.Member, ct) is null)
        {
            return Change.Absent;
        }

        var now = time.GetUtcNow();
        var until = (how.Until ?? now).ToUniversalTime();
        if (downtime.Until is { } ended)
        {
            throw new ProblemException(ProblemKind.Conflict, $"It ended on {ended:d MMM yyyy HH:mm} UTC already.");
        }

        if (until < downtime.Since || until > now)
        {
            throw new ProblemException(ProblemKind.Invalid, $"It began on {downtime.Since:d MMM yyyy HH:mm} UTC; it cannot have ended on {until:d MMM yyyy HH:mm}.");
        }

        (downtime.Until, downtime.Remedy) = (until, Required.AtMost(how.Remedy, 2000, "The remedy"));
        await db.SaveChangesAsync(ct);
        return Change.Done;
    }
}
