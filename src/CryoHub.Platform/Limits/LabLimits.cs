using System.Linq.Expressions;
using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CryoHub.Platform.Limits;

/// <summary>A lab's table of limits. Everybody of the lab reads it; managers and owners change it, as it decides what is flagged.</summary>
public sealed class LabLimits(IDbContextFactory<CryoHubDb> dbs)
{
    private static readonly Expression<Func<LabLimit, LimitRow>> AsRow = l => new LimitRow(l.Id, l.Kind, l.Subject, l.Value, l.Typed, l.BeamKeV, l.Criterion, l.Source, l.IsMeasured, l.Version);

    /// <summary>The lab's own limits; <c>null</c> where the lab cannot be seen.</summary>
    public async Task<Page<LimitRow>?> ListAsync(Guid userId, Guid labId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await LabDirectory.RoleAsync(db, userId, labId, ct) is null
            ? null
            : await db.LabLimits.Where(l => l.LabId == labId).OrderBy(l => l.Kind).ThenBy(l => l.Subject).ThenBy(l => l.BeamKeV).ThenBy(l => l.Id)
                .Select(AsRow).ToPageAsync(page, ct);
    }

    /// <summary>One limit; <c>null</c> where its lab cannot be seen.</summary>
    public async Task<LimitRow?> FindAsync(Guid userId, Guid id, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.LabLimits.Where(l => l.Id == id && l.Lab.Memberships.Any(m => m.UserId == userId)).Select(AsRow).SingleOrDefaultAsync(ct);
    }

    /// <summary>The limits that hold in the lab, built-in ones included; <c>null</c> where it cannot be seen.</summary>
    public async Task<LimitSet?> HoldingAsync(Guid userId, Guid labId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await LabDirectory.RoleAsync(db, userId, labId, ct) is null ? null : await LimitSet.OfLabAsync(db, labId, ct);
    }

    /// <summary>The limit's id; <c>null</c> where the lab cannot be seen.</summary>
    public async Task<Guid?> AddAsync(Guid userId, Guid labId, LimitKind kind, LimitText text, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await LabDirectory.IsManagedByAsync(db, userId, labId, "Managers and owners of the lab set its limits.", ct))
        {
            return null;
        }

        var limit = new LabLimit { Id = Guid.CreateVersion7(), LabId = labId, Kind = kind };
        text.WriteTo(limit);
        db.Add(limit);
        await SaveAsync(db, limit, ct);
        return limit.Id;
    }

    public async Task<Change> ChangeAsync(Guid userId, Guid id, LimitText text, uint version, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await WithRoleAsync(db, userId, id, ct) is not { } found)
        {
            return Change.Absent;
        }

        if (found.Role < LabRole.Manager || found.Limit.Version != version)
        {
            return found.Role < LabRole.Manager ? Change.Forbidden : Change.Conflict;
        }

        text.WriteTo(found.Limit);
        try
        {
            await SaveAsync(db, found.Limit, ct);
            return Change.Done;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Change.Conflict;
        }
    }

    public async Task<Change> RemoveAsync(Guid userId, Guid id, uint version, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await WithRoleAsync(db, userId, id, ct) is not { } found)
        {
            return Change.Absent;
        }

        return found.Role < LabRole.Manager ? Change.Forbidden
            : await db.LabLimits.Where(l => l.Id == id && l.Version == version).ExecuteDeleteAsync(ct) == 1 ? Change.Done
            : Change.Conflict;
    }

    private static async Task<(LabLimit Limit, LabRole Role)?> WithRoleAsync(CryoHubDb db, Guid userId, Guid id, CancellationToken ct) =>
        await db.LabLimits.SingleOrDefaultAsync(l => l.Id == id, ct) is { } limit && await LabDirectory.RoleAsync(db, userId, limit.LabId, ct) is { } role ? (limit, role) : null;

    private static async Task SaveAsync(CryoHubDb db, LabLimit limit, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException taken) when (taken.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new ProblemException(ProblemKind.Conflict, $"The lab has a limit for {limit.Subject}{(limit.BeamKeV is { } keV ? $" at {keV} keV" : "")} already; change that one.");
        }
    }
}
