using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Samples;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Custody;

/// <summary>Lost, cracked, frosted, and why. What is lost is in nobody's keeping any more.</summary>
public sealed class FailureRegister(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    /// <summary>Failures of the lab's own items and of those it had in its keeping, newest first; <c>null</c> where the lab cannot be seen.</summary>
    public async Task<Page<FailureRow>?> ListAsync(Guid userId, Guid labId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await LabDirectory.RoleAsync(db, userId, labId, ct) is null ? null : await Rows(db, db.ItemFailures.Where(f => f.LabId == labId || f.Sample.Project.LabId == labId)).ToPageAsync(page, ct);
    }

    /// <summary>Failures of an item; <c>null</c> where it cannot be seen.</summary>
    public async Task<Page<FailureRow>?> OfSampleAsync(Guid userId, Guid sampleId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Handled(userId).AnyAsync(s => s.Id == sampleId, ct)
            ? await Rows(db, db.ItemFailures.Where(f => f.SampleId == sampleId && (f.Sample.Project.Access.Any(a => a.UserId == userId) || db.Memberships.Any(m => m.LabId == f.LabId && m.UserId == userId))))
                .ToPageAsync(page, ct)
            : null;
    }

    /// <summary>The record's id; <c>null</c> where the item cannot be seen.</summary>
    public async Task<Guid?> RecordAsync(Guid userId, Guid sampleId, FailureText text, CancellationToken ct)
    {
        var at = Handling.Moment(time, text.At);
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await Handling.BeginAsync(db, userId, sampleId, ct) is not { } sample)
        {
            return null;
        }

        var current = await Handling.CurrentAsync(db, sampleId, ct);
        var failure = New(sampleId, current?.LabId ?? sample.Project.LabId, text.Kind, text.Cause, at, userId, null);
        db.Add(failure);
        if (text.Kind == FailureKind.Lost && current is not null)
        {
            current.Until = at >= current.Since ? at : throw new ProblemException(ProblemKind.Invalid, $"{sample.Name} was last recorded on {current.Since:d MMM yyyy HH:mm} UTC; it cannot be lost before that, on {at:d MMM yyyy HH:mm}.");
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return failure.Id;
    }

    internal static ItemFailure New(Guid sampleId, Guid labId, FailureKind kind, string? cause, DateTimeOffset at, Guid by, Guid? shipment) => new()
    {
        Id = Guid.CreateVersion7(),
        SampleId = sampleId,
        LabId = labId,
        ShipmentId = shipment,
        Kind = Enum.IsDefined(kind) ? kind : throw new ProblemException(ProblemKind.Invalid, $"There is no kind {(int)kind} of failure."),
        Cause = cause?.Trim() is { Length: > 0 and <= 2000 } said ? said : throw new ProblemException(ProblemKind.Invalid, "Say the cause in 1 to 2000 characters; “not known” is an answer."),
        HappenedAt = at,
        RecordedBy = by,
    };

    private static IQueryable<FailureRow> Rows(CryoHubDb db, IQueryable<ItemFailure> failures) => failures.OrderByDescending(f => f.HappenedAt).ThenBy(f => f.Id).Select(f => new FailureRow(
        f.Id, new SampleLink(f.SampleId, f.Sample.Kind, f.Sample.Name), f.Kind, f.Cause, f.HappenedAt, db.Labs.Where(l => l.Id == f.LabId).Select(l => l.Name).First(),
        db.Users.Where(u => u.Id == f.RecordedBy).Select(u => u.DisplayName).FirstOrDefault() ?? "", f.ShipmentId != null));
}
