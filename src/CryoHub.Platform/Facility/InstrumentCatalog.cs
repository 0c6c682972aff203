using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CryoHub.Platform.Facility;

/// <summary>The instruments of labs. Managers of a lab change its list.</summary>
public sealed class InstrumentCatalog(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    /// <summary>Instruments in use that the person sees, of one lab or of all; <c>null</c> where the lab has none to see for this person.</summary>
    public async Task<Page<InstrumentRow>?> ListAsync(Guid userId, Guid? labId, PageRequest page, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await dbs.ForAsync(userId, ct);
        var seen = db.Instruments.VisibleTo(userId).Where(i => labId == null || i.LabId == labId);
        if (labId is { } lab && await LabDirectory.RoleAsync(db, userId, lab, ct) is null && !await seen.AnyAsync(ct))
        {
            return null;
        }

        return await seen.Where(i => i.RetiredAt == null).OrderBy(i => i.Lab.Name).ThenBy(i => i.LabId).ThenBy(i => i.Name).ThenBy(i => i.Id)
            .Select(i => new InstrumentRow(
                i.Id, i.LabId, i.Lab.Name, i.Name, i.Model, i.Place, i.Capabilities, i.NeedsQualification, i.NeedsApproval,
                i.Downtimes.Where(d => d.Since <= now && (d.Until == null || d.Until > now)).Select(d => (DateTimeOffset?)d.Since).FirstOrDefault(),
                i.Qualifications.Where(q => q.UserId == userId && q.WithdrawnAt == null && (q.Until == null || q.Until > now)).Select(q => (QualificationLevel?)q.Level).FirstOrDefault()))
            .ToPageAsync(page, ct);
    }

    public async Task<InstrumentDetails?> FindAsync(Guid userId, Guid instrumentId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await dbs.ForAsync(userId, ct);
        var found = await db.Instruments.VisibleTo(userId).Where(i => i.Id == instrumentId)
            .Select(i => new
            {
                Instrument = i,
                LabName = i.Lab.Name,
                i.Lab.TimeZone,
                Down = i.Downtimes.Where(d => d.Since <= now && (d.Until == null || d.Until > now)).Select(d => (DateTimeOffset?)d.Since).FirstOrDefault(),
                Role = i.Lab.Memberships.Where(m => m.UserId == userId).Select(m => (LabRole?)m.Role).FirstOrDefault(),
                Level = i.Qualifications.Where(q => q.UserId == userId && q.WithdrawnAt == null && (q.Until == null || q.Until > now)).Select(q => (QualificationLevel?)q.Level).FirstOrDefault(),
            }).AsNoTracking().SingleOrDefaultAsync(ct);
        return found is null ? null : new InstrumentDetails(
            found.Instrument.Id, found.Instrument.LabId, found.LabName, found.TimeZone, found.Instrument.Name, found.Instrument.Model, found.Instrument.Place, found.Instrument.Notes,
            [.. found.Instrument.Capabilities.Select(Capability.Find).OfType<Capability>()], found.Instrument.NeedsQualification, found.Instrument.NeedsApproval, found.Down, found.Instrument.RetiredAt,
            found.Role >= LabRole.Manager, found.Role >= LabRole.Member, found.Level, found.Instrument.Version);
    }

    /// <summary>The instrument's id; <c>null</c> where the lab cannot be seen.</summary>
    public async Task<Guid?> AddAsync(Guid userId, Guid labId, InstrumentText text, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await LabDirectory.IsManagedByAsync(db, userId, labId, "Instruments of a lab are added by its managers.", ct))
        {
            return null;
        }

        var instrument = new Instrument { Id = Guid.CreateVersion7(), LabId = labId, CreatedAt = time.GetUtcNow() };
        Fill(instrument, text);
        db.Add(instrument);
        await SaveAsync(db, instrument, ct);
        return instrument.Id;
    }

    public async Task<Change> EditAsync(Guid userId, Guid instrumentId, InstrumentText text, uint version, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await db.ToChangeAsync(userId, instrumentId, LabRole.Manager, ct) is null)
        {
            return Change.Absent;
        }

        if (await db.Instruments.SingleOrDefaultAsync(i => i.Id == instrumentId && i.Version == version, ct) is not { } instrument)
        {
            return Change.Conflict;
        }

        Fill(instrument, text);
        return await SaveAsync(db, instrument, ct);
    }

    /// <summary>Takes it out of use: no new bookings; what was booked, measured and recorded stays.</summary>
    public async Task<Change> RetireAsync(Guid userId, Guid instrumentId, uint version, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await db.ToChangeAsync(userId, instrumentId, LabRole.Manager, ct) is null)
        {
            return Change.Absent;
        }

        var now = time.GetUtcNow();
        return await db.Instruments.Where(i => i.Id == instrumentId && i.Version == version).ExecuteUpdateAsync(set => set.SetProperty(i => i.RetiredAt, now), ct) == 1 ? Change.Done : Change.Conflict;
    }

    private static void Fill(Instrument instrument, InstrumentText text)
    {
        var capabilities = (text.Capabilities ?? []).Distinct().ToArray();
        if (capabilities.FirstOrDefault(key => Capability.Find(key) is null) is { } unknown)
        {
            throw new ProblemException(ProblemKind.Invalid, $"“{unknown}” is no capability; known are {string.Join(", ", Capability.All.Select(c => c.Key))}.");
        }

        (instrument.Name, instrument.Model, instrument.Place) = (Required.Name(text.Name, 120), Required.AtMost(text.Model, 200, "The model"), Required.AtMost(text.Place, 200, "The place"));
        (instrument.Notes, instrument.Capabilities) = (Required.AtMost(text.Notes, 4000, "The notes"), capabilities);
        (instrument.NeedsQualification, instrument.NeedsApproval) = (text.NeedsQualification, text.NeedsApproval);
    }

    private static async Task<Change> SaveAsync(CryoHubDb db, Instrument instrument, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return Change.Done;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Change.Conflict;
        }
        catch (DbUpdateException refused) when (refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new ProblemException(ProblemKind.Conflict, $"The lab has an instrument called {instrument.Name} already.");
        }
    }
}
