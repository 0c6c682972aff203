using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CryoHub.Platform.Custody;

/// <summary>A lab's dewars and what lies in them. Everybody of the lab sees it; all but viewers change it.</summary>
public sealed class StorageMap(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    /// <summary>Every place in use with what lies in it, parents before children; <c>null</c> where the lab cannot be seen.</summary>
    public async Task<IReadOnlyList<PlaceRow>?> ReadAsync(Guid userId, Guid labId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await LabDirectory.RoleAsync(db, userId, labId, ct) is null)
        {
            return null;
        }

        var places = await db.StoragePlaces.Where(p => p.LabId == labId && p.RemovedAt == null).AsNoTracking().ToListAsync(ct);
        var items = (await db.Keepings.Where(k => k.Until == null && k.Place!.LabId == labId).OrderBy(k => k.Slot)
            .Select(k => new { Place = k.PlaceId!.Value, k.SampleId, k.Sample.Kind, k.Sample.Name, Slot = k.Slot!.Value, k.Since, Owner = k.Sample.Project.LabId, OwnerName = k.Sample.Project.Lab.Name })
            .ToListAsync(ct)).ToLookup(item => item.Place, item => new StoredItem(item.SampleId, item.Kind, item.Name, item.Slot, item.Since, item.Owner == labId ? "" : item.OwnerName));
        return
        [
            .. places.OrderBy(p => p.Kind).ThenBy(p => p.ParentId).ThenBy(p => p.Position).ThenBy(p => p.Name, StringComparer.Ordinal)
                .Select(p => new PlaceRow(p.Id, p.ParentId, p.Kind, p.Name, p.Position, p.Capacity, [.. items[p.Id]])),
        ];
    }

    /// <summary>The place's id; <c>null</c> where the lab cannot be seen.</summary>
    public async Task<Guid?> AddAsync(Guid userId, Guid labId, NewPlace wanted, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await MayChangeAsync(db, userId, labId, ct))
        {
            return null;
        }

        if (!Enum.IsDefined(wanted.Kind) || wanted.Capacity is < 1 or > 200)
        {
            throw new ProblemException(ProblemKind.Invalid, $"A place is a dewar, cabinet, cane, puck or box with 1 to 200 positions; {wanted.Capacity} were given.");
        }

        if ((wanted.Kind is PlaceKind.Dewar or PlaceKind.Cabinet) != wanted.ParentId is null)
        {
            throw new ProblemException(ProblemKind.Invalid, $"A {Word(wanted.Kind)} {(wanted.ParentId is null ? "is in something: name the place" : "stands by itself, not in anything")}.");
        }

        var parent = wanted.ParentId is { } id ? await ParentAsync(db, labId, wanted.Kind, id, ct) : null;

        var place = new StoragePlace
        {
            Id = Guid.CreateVersion7(),
            LabId = labId,
            ParentId = parent?.Id,
            Kind = wanted.Kind,
            Name = Required.Name(wanted.Name, 80),
            Position = parent is null ? 0 : await PositionAsync(db, parent, wanted.Position, ct),
            Capacity = wanted.Capacity,
            CreatedAt = time.GetUtcNow(),
        };
        db.Add(place);
        await SaveAsync(db, place, parent, ct);
        return place.Id;
    }

    /// <summary>Puts a cane, puck or box, with all that is in it, somewhere else.</summary>
    public async Task<Change> MoveAsync(Guid userId, Guid placeId, Guid parentId, int? position, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var place = await db.StoragePlaces.SingleOrDefaultAsync(p => p.Id == placeId && p.RemovedAt == null, ct);
        if (place is null || !await MayChangeAsync(db, userId, place.LabId, ct))
        {
            return Change.Absent;
        }

        var parent = await ParentAsync(db, place.LabId, place.Kind, parentId, ct);   // kinds only nest one way, so no circle can close
        if (place.ParentId != parentId || position is not null)
        {
            (place.ParentId, place.Position) = (parent.Id, await PositionAsync(db, parent, position, ct));
            await SaveAsync(db, place, parent, ct);
        }

        return Change.Done;
    }

    /// <summary>Takes an empty place out of use.</summary>
    public async Task<Change> RemoveAsync(Guid userId, Guid placeId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var place = await db.StoragePlaces.SingleOrDefaultAsync(p => p.Id == placeId && p.RemovedAt == null, ct);
        if (place is null || !await MayChangeAsync(db, userId, place.LabId, ct))
        {
            return Change.Absent;
        }

        var inside = await db.StoragePlaces.CountAsync(p => p.ParentId == placeId && p.RemovedAt == null, ct) + await db.Keepings.CountAsync(k => k.PlaceId == placeId && k.Until == null, ct);
        if (inside > 0)
        {
            throw new ProblemException(ProblemKind.Conflict, $"{inside} things are in {place.Name}; take them out first.");
        }

        place.RemovedAt = time.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return Change.Done;
    }

    internal static string Word(PlaceKind kind) => kind.ToString().ToLowerInvariant();

    private static async Task<bool> MayChangeAsync(CryoHubDb db, Guid userId, Guid labId, CancellationToken ct) => await LabDirectory.RoleAsync(db, userId, labId, ct) switch
    {
        null => false,
        LabRole.Viewer => throw new ProblemException(ProblemKind.Forbidden, "You may look at this lab's storage, not change it."),
        _ => true,
    };

    private static async Task<StoragePlace> ParentAsync(CryoHubDb db, Guid labId, PlaceKind kind, Guid parentId, CancellationToken ct)
    {
        var parent = await db.StoragePlaces.AsNoTracking().SingleOrDefaultAsync(p => p.Id == parentId && p.LabId == labId && p.RemovedAt == null, ct)
            ?? throw new ProblemException(ProblemKind.Invalid, "The place to put it in is not one of this lab.");
        return parent.Kind < kind && parent.Kind != PlaceKind.Box && !(parent.Kind == PlaceKind.Cane && kind == PlaceKind.Puck) && kind > PlaceKind.Cabinet
            ? parent
            : throw new ProblemException(ProblemKind.Invalid, $"A {Word(kind)} does not go into a {Word(parent.Kind)}: dewars and cabinets hold canes, pucks and boxes; canes and pucks hold boxes.");
    }

    private static async Task<int> PositionAsync(CryoHubDb db, StoragePlace parent, int? wanted, CancellationToken ct)
    {
        if (wanted is { } position)
        {
            return position >= 1 && position <= parent.Capacity ? position : throw new ProblemException(ProblemKind.Invalid, $"{parent.Name} has positions 1 to {parent.Capacity}; there is no {position}.");
        }

        var taken = await db.StoragePlaces.Where(p => p.ParentId == parent.Id && p.RemovedAt == null).Select(p => p.Position).ToListAsync(ct);
        var free = Enumerable.Range(1, parent.Capacity).FirstOrDefault(candidate => !taken.Contains(candidate));
        return free > 0 ? free : throw new ProblemException(ProblemKind.Conflict, $"{parent.Name} is full: all {parent.Capacity} positions are taken.");
    }

    private static async Task SaveAsync(CryoHubDb db, StoragePlace place, StoragePlace? parent, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException refused) when (refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new ProblemException(ProblemKind.Conflict, $"Position {place.Position} of {parent?.Name} is taken.");
        }
    }
}
