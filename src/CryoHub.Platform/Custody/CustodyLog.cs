using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Samples;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Custody;

/// <summary>Acts on single items: put away, taken out, told later, accepted.</summary>
public sealed class CustodyLog(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    public async Task<Change> PutAwayAsync(Guid userId, Guid sampleId, PutAway act, CancellationToken ct)
    {
        var at = Handling.Moment(time, act.At);
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await Handling.BeginAsync(db, userId, sampleId, ct) is not { } sample)
        {
            return Change.Absent;
        }

        var box = await db.StoragePlaces.SingleOrDefaultAsync(p => p.Id == act.PlaceId && p.RemovedAt == null && p.Lab.Memberships.Any(m => m.UserId == userId && m.Role >= LabRole.Member), ct)
            ?? throw new ProblemException(ProblemKind.Invalid, "The box is not one of your labs'.");
        if (box.Kind != PlaceKind.Box)
        {
            throw new ProblemException(ProblemKind.Invalid, $"Items lie in boxes; {box.Name} is a {StorageMap.Word(box.Kind)}.");
        }

        var current = await Handling.CurrentAsync(db, sampleId, ct);
        var slot = await SlotAsync(db, box, act.Slot, ct);
        if (current is { Kind: KeepingKind.Storage } && current.PlaceId == box.Id && (act.Slot is null || current.Slot == slot))
        {
            throw new ProblemException(ProblemKind.Conflict, $"{sample.Name} lies in {box.Name}, slot {current.Slot}, already.");
        }

        if (!act.WasFound)
        {
            await CheckFollowsAsync(db, userId, sample, current, box.LabId, ct);
        }

        var next = New(userId, sampleId, box.LabId, KeepingKind.Storage, at, act.Note, act.WasFound ? await Handling.LastSeenAsync(db, sampleId, current, ct) : null, box.Id, slot);
        Handling.Follow(db, current, next);
        await Handling.SaveAsync(db, () => OccupiedAsync(userId, box, slot, ct), ct);
        await transaction.CommitAsync(ct);
        return Change.Done;
    }

    /// <summary>Into the person's own hands: out of a slot, or found somewhere.</summary>
    public async Task<Change> TakeOutAsync(Guid userId, Guid sampleId, TakeOut act, CancellationToken ct)
    {
        var at = Handling.Moment(time, act.At);
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await Handling.BeginAsync(db, userId, sampleId, ct) is not { } sample)
        {
            return Change.Absent;
        }

        var current = await Handling.CurrentAsync(db, sampleId, ct);
        if (current is { Kind: KeepingKind.Person } && current.PersonId == userId)
        {
            throw new ProblemException(ProblemKind.Conflict, $"{sample.Name} is in your hands already, since {current.Since:d MMM yyyy HH:mm} UTC.");
        }

        var lab = await Handling.LabAsync(db, userId, sample, current, ct);
        if (!act.WasFound)
        {
            await CheckFollowsAsync(db, userId, sample, current, lab, ct);
        }

        Handling.Follow(db, current, New(userId, sampleId, lab, KeepingKind.Person, at, act.Note, act.WasFound ? await Handling.LastSeenAsync(db, sampleId, current, ct) : null, person: userId));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Change.Done;
    }

    /// <summary>Tells later who had an item within one of its keepings; a gap that ends there is closed.</summary>
    public async Task<Change> RecordPastAsync(Guid userId, Guid sampleId, RecordPast act, CancellationToken ct)
    {
        var (from, until) = (Handling.Moment(time, act.From), Handling.Moment(time, act.Until));
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await Handling.BeginAsync(db, userId, sampleId, ct) is not { } sample)
        {
            return Change.Absent;
        }

        if (from >= until)
        {
            throw new ProblemException(ProblemKind.Invalid, $"It ends ({until:d MMM yyyy HH:mm}) before it begins ({from:d MMM yyyy HH:mm}).");
        }

        var whole = await db.Keepings.SingleOrDefaultAsync(k => k.SampleId == sampleId && k.Since <= from && (k.Until == null || k.Until >= until), ct)
            ?? throw new ProblemException(ProblemKind.Invalid, $"Between {from:d MMM yyyy HH:mm} and {until:d MMM yyyy HH:mm} UTC the record of {sample.Name} has another act; tell each part by itself.");
        if (whole.Kind is KeepingKind.Shipment or KeepingKind.Outside)
        {
            throw new ProblemException(ProblemKind.Conflict, $"{sample.Name} was {(whole.Kind == KeepingKind.Shipment ? "on its way" : "outside")} then; nobody here can have held it.");
        }

        if (!await db.Memberships.AnyAsync(m => m.LabId == whole.LabId && m.UserId == act.PersonId, ct))
        {
            throw new ProblemException(ProblemKind.Invalid, "That person does not belong to the lab that answered for the item then.");
        }

        var end = whole.Until;
        var (place, slot) = (whole.PlaceId, whole.Slot);
        whole.Until = from;
        await db.SaveChangesAsync(ct);   // room first: the database checks every row by itself
        db.Add(New(userId, sampleId, whole.LabId, KeepingKind.Person, from, act.Note, null, person: act.PersonId, until: until));
        if (end is null || end > until)
        {
            db.Add(New(userId, sampleId, whole.LabId, whole.Kind, until, whole.Note, null, place, slot, whole.PersonId, end));
        }
        else
        {
            await db.Keepings.Where(k => k.SampleId == sampleId && k.Since == until && k.UnrecordedSince != null).ExecuteUpdateAsync(set => set.SetProperty(k => k.UnrecordedSince, (DateTimeOffset?)null), ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Change.Done;
    }

    /// <summary>Accepts a gap with a reason; it stays visible as accepted.</summary>
    public async Task<Change> AcceptAsync(Guid userId, Guid sampleId, AcceptGap act, CancellationToken ct)
    {
        var reason = act.Reason?.Trim() is { Length: > 0 and <= 2000 } said ? said : throw new ProblemException(ProblemKind.Invalid, "A gap is accepted with a reason of 1 to 2000 characters.");
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await Handling.BeginAsync(db, userId, sampleId, ct) is null)
        {
            return Change.Absent;
        }

        if (!(await CustodyGaps.OfAsync(db, sampleId, null, ct)).Any(gap => gap.SampleId == sampleId && gap.KeepingId == act.KeepingId && gap.StepId == act.StepId))
        {
            throw new ProblemException(ProblemKind.Conflict, "This item has no such gap (any more).");
        }

        db.Add(new GapAcceptance { Id = Guid.CreateVersion7(), KeepingId = act.KeepingId, StepId = act.StepId, Reason = reason, AcceptedBy = userId, AcceptedAt = time.GetUtcNow() });
        await Handling.SaveAsync(db, () => Task.FromResult("Somebody else has accepted this gap meanwhile."), ct);
        await transaction.CommitAsync(ct);
        return Change.Done;
    }

    private static Keeping New(
        Guid by, Guid sample, Guid lab, KeepingKind kind, DateTimeOffset since, string? note, DateTimeOffset? gap, Guid? place = null, int? slot = null, Guid? person = null, DateTimeOffset? until = null) => new()
        {
            Id = Guid.CreateVersion7(),
            SampleId = sample,
            LabId = lab,
            Kind = kind,
            PlaceId = place,
            Slot = slot,
            PersonId = person,
            Since = since,
            Until = until,
            RecordedBy = by,
            Note = Handling.Note(note),
            UnrecordedSince = gap,
        };

    /// <summary>An act follows from where the item is by the record; anything else is a find, and a gap.</summary>
    private static async Task CheckFollowsAsync(CryoHubDb db, Guid userId, Sample sample, Keeping? current, Guid labId, CancellationToken ct)
    {
        switch (current)
        {
            case null when await Handling.LastSeenAsync(db, sample.Id, null, ct) is { } lost:
                throw new ProblemException(ProblemKind.Conflict, $"By the record {sample.Name} is lost; it was last known on {lost:d MMM yyyy HH:mm} UTC. If it is here, record that it was found.");
            case null:
                return;
            case { Kind: KeepingKind.Person } when current.PersonId != userId:
                throw new ProblemException(
                    ProblemKind.Conflict, $"By the record {sample.Name} is in the hands of {current.Person!.DisplayName} since {current.Since:d MMM yyyy HH:mm} UTC. Have it handed over, or record that it was found.");
            case { Kind: KeepingKind.Storage } when current.LabId != labId && !await db.Memberships.AnyAsync(m => m.LabId == current.LabId && m.UserId == userId && m.Role >= LabRole.Member, ct):
                throw new ProblemException(ProblemKind.Conflict, $"By the record {sample.Name} lies in the storage of another lab. Have it handed over or shipped, or record that it was found.");
            case { Kind: KeepingKind.Shipment }:
                throw new ProblemException(ProblemKind.Conflict, $"By the record {sample.Name} is on its way since {current.Since:d MMM yyyy HH:mm} UTC. Check the shipment in, or record that it was found.");
        }
    }

    private static async Task<int> SlotAsync(CryoHubDb db, StoragePlace box, int? wanted, CancellationToken ct)
    {
        if (wanted is { } slot)
        {
            return slot >= 1 && slot <= box.Capacity ? slot : throw new ProblemException(ProblemKind.Invalid, $"{box.Name} has slots 1 to {box.Capacity}; there is no {slot}.");
        }

        var taken = await db.Keepings.Where(k => k.PlaceId == box.Id && k.Until == null).Select(k => k.Slot).ToListAsync(ct);
        var free = Enumerable.Range(1, box.Capacity).FirstOrDefault(candidate => !taken.Contains(candidate));
        return free > 0 ? free : throw new ProblemException(ProblemKind.Conflict, $"{box.Name} is full: all {box.Capacity} slots are taken.");
    }

    private async Task<string> OccupiedAsync(Guid userId, StoragePlace box, int slot, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var there = await db.Keepings.Where(k => k.PlaceId == box.Id && k.Slot == slot && k.Until == null).Select(k => k.Sample.Name).FirstOrDefaultAsync(ct);
        return there is null ? $"Slot {slot} of {box.Name} was taken at that time, or the item was put elsewhere meanwhile; load it again." : $"Slot {slot} of {box.Name} holds {there}; choose another slot.";
    }
}
