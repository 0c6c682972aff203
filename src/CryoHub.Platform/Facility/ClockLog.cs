using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Facility;

/// <summary>How wrong the clocks of instruments' computers are. Times in files stay as they are; what they mean is put right with the nearest check.</summary>
public sealed class ClockLog(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    /// <summary>A minute: less is the way of a message and the patience of a hand.</summary>
    public const double Tolerance = 60;

    private const double Largest = 400 * 86400.0;

    public async Task<Page<ClockRow>?> ListAsync(Guid userId, Guid instrumentId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Instruments.VisibleTo(userId).AnyAsync(i => i.Id == instrumentId, ct)
            ? await db.ClockChecks.Where(c => c.InstrumentId == instrumentId).OrderByDescending(c => c.At).ThenBy(c => c.Id)
                .Select(c => new ClockRow(
                    c.Id, c.At, c.OffsetSeconds, c.OffsetSeconds > Tolerance || c.OffsetSeconds < -Tolerance, c.Notes, db.Users.Where(u => u.Id == c.RecordedBy).Select(u => u.DisplayName).FirstOrDefault() ?? ""))
                .ToPageAsync(page, ct)
            : null;
    }

    /// <summary>Compares and records; <c>null</c> where the instrument cannot be seen.</summary>
    public async Task<ClockAnswer?> CheckAsync(Guid userId, Guid instrumentId, ClockReading reading, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if ((reading.Shown is null) == (reading.OffsetSeconds is null))
        {
            throw new ProblemException(ProblemKind.Invalid, "Say either what the computer shows now, or by how many seconds it is wrong.");
        }

        var offset = reading.OffsetSeconds ?? (reading.Shown!.Value - now).TotalSeconds;
        if (!(Math.Abs(offset) <= Largest))
        {
            throw new ProblemException(ProblemKind.Invalid, $"A clock that is wrong by {offset:0} s is not one to calculate with; more than {Largest / 86400:0} days are refused. Set it first.");
        }

        await using var db = await dbs.ForAsync(userId, ct);
        if (await db.ToChangeAsync(userId, instrumentId, LabRole.Member, ct) is null)
        {
            return null;
        }

        var check = new ClockCheck { Id = Guid.CreateVersion7(), InstrumentId = instrumentId, At = now, OffsetSeconds = offset, Notes = Required.AtMost(reading.Notes, 2000, "The notes"), RecordedBy = userId };
        db.Add(check);
        await db.SaveChangesAsync(ct);
        return new ClockAnswer(check.Id, offset, Math.Abs(offset) > Tolerance);
    }

    /// <summary>By how much the computer was wrong during a stretch: the last check in it, else the one nearest to it; <c>null</c> where nobody ever looked.</summary>
    internal static async Task<double?> OffsetAsync(CryoHubDb db, Guid instrumentId, DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        var before = await db.ClockChecks.Where(c => c.InstrumentId == instrumentId && c.At <= until).OrderByDescending(c => c.At).Select(c => new { c.At, c.OffsetSeconds }).FirstOrDefaultAsync(ct);
        if (before is not null && before.At >= from)
        {
            return before.OffsetSeconds;
        }

        var after = await db.ClockChecks.Where(c => c.InstrumentId == instrumentId && c.At > until).OrderBy(c => c.At).Select(c => new { c.At, c.OffsetSeconds }).FirstOrDefaultAsync(ct);
        return before is null || (after is not null && after.At - until < from - before.At) ? after?.OffsetSeconds : before.OffsetSeconds;
    }
}
