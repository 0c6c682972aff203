using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Sessions;

/// <summary>Sittings at instruments.</summary>
public sealed class SessionCatalog(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    public async Task<Page<SessionRow>?> ListAsync(Guid userId, Guid projectId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Projects.VisibleTo(userId).AnyAsync(p => p.Id == projectId, ct)
            ? await db.Sessions.VisibleTo(userId).Where(s => s.ProjectId == projectId)
                .OrderByDescending(s => s.StartedAt ?? s.CreatedAt).ThenBy(s => s.Id)
                .Select(s => new SessionRow(
                    s.Id, s.Name, s.Instrument, s.StartedAt, db.Datasets.Count(d => d.SessionId == s.Id && d.DeletedAt == null))).ToPageAsync(page, ct)
            : null;
    }

    public async Task<SessionDetails?> FindAsync(Guid userId, Guid sessionId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Sessions.VisibleTo(userId).Where(s => s.Id == sessionId)
            .Select(s => new SessionDetails(
                s.Id, s.ProjectId, s.Project.Name, s.Name, s.Instrument, s.StartedAt, s.EndedAt, s.BookingId, s.ClockOffsetSeconds, s.Notes,
                db.Datasets.Count(d => d.SessionId == s.Id && d.DeletedAt == null),
                s.Project.Access.Any(a => a.UserId == userId && a.Role >= ProjectRole.Editor), s.Version))
            .SingleOrDefaultAsync(ct);
    }

    /// <summary>The new session's id; <c>null</c> where the project cannot be seen.</summary>
    public async Task<Guid?> CreateAsync(Guid userId, Guid projectId, SessionText text, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await db.Projects.MayAddToAsync(userId, projectId, ct))
        {
            return null;
        }

        var session = new MicroscopeSession
        {
            Id = Guid.CreateVersion7(),
            ProjectId = projectId,
            Name = Required.Name(text.Name),
            Instrument = Instrument(text),
            StartedAt = text.StartedAt?.ToUniversalTime(),
            Notes = text.Notes ?? "",
            CreatedBy = userId,
            CreatedAt = time.GetUtcNow(),
        };
        db.Add(session);
        await db.SaveChangesAsync(ct);
        return session.Id;
    }

    public async Task<Change> EditAsync(Guid userId, Guid sessionId, SessionText text, uint version, CancellationToken ct)
    {
        var (name, instrument, started) = (Required.Name(text.Name), Instrument(text), text.StartedAt?.ToUniversalTime());
        await using var db = await dbs.ForAsync(userId, ct);
        var edited = await db.Sessions.EditableBy(userId).Where(s => s.Id == sessionId && s.Version == version)
            .ExecuteUpdateAsync(
                set => set.SetProperty(s => s.Name, name).SetProperty(s => s.Instrument, instrument)
                    .SetProperty(s => s.StartedAt, started).SetProperty(s => s.Notes, text.Notes ?? ""),
                ct);
        return edited == 1 ? Change.Done : await db.Sessions.WhyNotAsync(userId, sessionId, ct);
    }

    private static string Instrument(SessionText text) => string.IsNullOrWhiteSpace(text.Instrument) ? "" : Required.Name(text.Instrument);
}
