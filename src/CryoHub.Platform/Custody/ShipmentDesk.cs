using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Quantities;
using CryoHub.Platform.Samples;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Custody;

/// <summary>Packs and sends; <see cref="ShipmentArrival"/> is the other end.</summary>
public sealed class ShipmentDesk(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    public const int MostItems = 200;

    /// <summary>What a lab sends and what comes to it, newest first; <c>null</c> where the lab cannot be seen.</summary>
    public async Task<Page<ShipmentRow>?> ListAsync(Guid userId, Guid labId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await LabDirectory.RoleAsync(db, userId, labId, ct) is null)
        {
            return null;
        }

        var rows = await db.Shipments.Where(s => s.FromLabId == labId || (s.ToLabId == labId && (s.State == ShipmentState.Sent || s.State == ShipmentState.Arrived)))
            .OrderByDescending(s => s.CreatedAt).ThenBy(s => s.Id)
            .Select(s => new { Shipment = s, From = s.FromLab.Name, To = s.ToLab == null ? s.ToOutside : s.ToLab.Name, Items = s.Items.Count }).AsNoTracking().ToPageAsync(page, ct);
        return new(
            [.. rows.Items.Select(r => new ShipmentRow(
                r.Shipment.Id, r.Shipment.Title, r.From, r.To, r.Shipment.State, r.Items, r.Shipment.SentAt, r.Shipment.ArrivedAt, r.Shipment.HoldsUntil, r.Shipment.ToLabId == labId))],
            rows.Total, rows.Skip, rows.Take);
    }

    public async Task<ShipmentDetails?> FindAsync(Guid userId, Guid shipmentId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var row = await Visible(db, userId).Where(s => s.Id == shipmentId).Select(s => new
        {
            Shipment = s,
            From = s.FromLab.Name,
            To = s.ToLab == null ? s.ToOutside : s.ToLab.Name,
            SentBy = db.Users.Where(u => u.Id == s.SentBy).Select(u => u.DisplayName).FirstOrDefault(),
            ArrivedBy = db.Users.Where(u => u.Id == s.ArrivedBy).Select(u => u.DisplayName).FirstOrDefault(),
            Sends = s.FromLab.Memberships.Any(m => m.UserId == userId && m.Role >= LabRole.Member),
            Receives = s.ToLab != null && s.ToLab.Memberships.Any(m => m.UserId == userId && m.Role >= LabRole.Member),
            Items = s.Items.OrderBy(i => i.Sample.Name).ThenBy(i => i.SampleId).Select(i => new PackedItem(
                new SampleLink(i.SampleId, i.Sample.Kind, i.Sample.Name), i.Sample.Metal,
                db.Labels.Where(l => l.SampleId == i.SampleId && l.VoidedAt == null).OrderByDescending(l => l.CreatedAt).Select(l => l.Code).FirstOrDefault() ?? "", i.Arrival, i.ArrivalNote)).ToList(),
        }).AsNoTracking().SingleOrDefaultAsync(ct);
        if (row is null)
        {
            return null;
        }

        var s = row.Shipment;
        return new ShipmentDetails(
            s.Id, s.FromLabId, row.From, s.ToLabId, row.To, s.Title, [.. s.Hazards.Select(HazardClass.Find).OfType<HazardClass>()], s.Container, s.Carrier, s.Notes, s.FilledAt, s.HoldTyped, s.HoldsUntil, s.State,
            s.SentAt, row.SentBy ?? "", s.ArrivedAt, row.ArrivedBy ?? "", s.ReceivedBy, s.WarmestTyped, s.ArrivalNotes, row.Items,
            s.State is ShipmentState.Sent or ShipmentState.Arrived && s.HoldsUntil < (s.ArrivedAt ?? time.GetUtcNow()),
            s.State == ShipmentState.Packing && row.Sends, s.State == ShipmentState.Sent && (row.Sends || row.Receives), s.Version);
    }

    /// <summary>The shipment's id; <c>null</c> where the lab cannot be seen.</summary>
    public async Task<Guid?> CreateAsync(Guid userId, Guid labId, ShipmentText text, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        switch (await LabDirectory.RoleAsync(db, userId, labId, ct))
        {
            case null:
                return null;
            case LabRole.Viewer:
                throw new ProblemException(ProblemKind.Forbidden, "You may look at this lab's shipments, not send any.");
        }

        var outside = text.ToLabId is null ? Required.AtMost(text.ToOutside, 400, "The receiver") : "";
        if (text.ToLabId is null && outside.Length == 0)
        {
            throw new ProblemException(ProblemKind.Invalid, "Name the lab it goes to or, for a place that has no lab here, who receives it and where.");
        }

        if (text.ToLabId == labId || (text.ToLabId is not null && !await KnownLabs.Of(db, userId).AnyAsync(lab => lab.Id == text.ToLabId, ct)))
        {
            throw new ProblemException(ProblemKind.Invalid, "The receiver is not another lab that you know; a lab is known once a project is shared with it.");
        }

        var shipment = new Shipment { Id = Guid.CreateVersion7(), FromLabId = labId, ToLabId = text.ToLabId, ToOutside = outside, CreatedBy = userId, CreatedAt = time.GetUtcNow() };
        await FillAsync(db, userId, shipment, text, ct);
        db.Add(shipment);
        await db.SaveChangesAsync(ct);
        return shipment.Id;
    }

    public async Task<Change> EditAsync(Guid userId, Guid shipmentId, ShipmentText text, uint version, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await OpenAsync(db, userId, shipmentId, version, ct) is not { } shipment)
        {
            return await WhyNotAsync(db, userId, shipmentId, ct);
        }

        await FillAsync(db, userId, shipment, text, ct);
        return await SaveAsync(db, ct);
    }

    public async Task<Change> CancelAsync(Guid userId, Guid shipmentId, uint version, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await OpenAsync(db, userId, shipmentId, version, ct) is not { } shipment)
        {
            return await WhyNotAsync(db, userId, shipmentId, ct);
        }

        shipment.State = ShipmentState.Cancelled;
        return await SaveAsync(db, ct);
    }

    /// <summary>It leaves the house: every item is on its way from now on.</summary>
    public async Task<Change> SendAsync(Guid userId, Guid shipmentId, uint version, CancellationToken ct)
    {
        var now = Handling.Moment(time, null);
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await OpenAsync(db, userId, shipmentId, version, ct) is not { } shipment)
        {
            return await WhyNotAsync(db, userId, shipmentId, ct);
        }

        if (shipment.Items.Count == 0)
        {
            throw new ProblemException(ProblemKind.Conflict, "Nothing is packed; add at least one item.");
        }

        if (shipment.HoldsUntil < now)
        {
            throw new ProblemException(ProblemKind.Conflict, $"{shipment.Container} was filled on {shipment.FilledAt:d MMM yyyy HH:mm} UTC and holds {shipment.HoldTyped}: it has been warm since {shipment.HoldsUntil:d MMM yyyy HH:mm}. Fill it again.");
        }

        foreach (var id in shipment.Items.Select(item => item.SampleId).Order())
        {
            var sample = await Handling.BeginAsync(db, userId, id, ct) ?? throw new ProblemException(ProblemKind.Conflict, "An item of this shipment is no longer there; take it off the list.");
            var current = await Handling.CurrentAsync(db, id, ct);
            if (current is { Kind: KeepingKind.Shipment } || (current is not null && current.LabId != shipment.FromLabId) || (current is { Kind: KeepingKind.Person } && current.PersonId != userId))
            {
                throw new ProblemException(
                    ProblemKind.Conflict, $"{sample.Name} is {(current.Kind == KeepingKind.Shipment ? "on its way already" : current.Kind == KeepingKind.Person ? $"in the hands of {current.Person!.DisplayName}" : "in the keeping of another lab")}; it cannot be sent from here.");
            }

            if (current is { Kind: KeepingKind.Outside })
            {
                throw new ProblemException(ProblemKind.Conflict, $"{sample.Name} is outside by the record, with {current.Outside}; take it back before it is sent again.");
            }

            Handling.Follow(db, current, new Keeping { Id = Guid.CreateVersion7(), SampleId = id, LabId = shipment.FromLabId, Kind = KeepingKind.Shipment, ShipmentId = shipmentId, Since = now, RecordedBy = userId });
            await db.Handovers.Where(h => h.SampleId == id && h.State == OfferState.Open)
                .ExecuteUpdateAsync(set => set.SetProperty(h => h.State, OfferState.Withdrawn).SetProperty(h => h.AnsweredAt, now).SetProperty(h => h.AnsweredBy, userId), ct);
        }

        (shipment.State, shipment.SentAt, shipment.SentBy) = (ShipmentState.Sent, now, userId);
        var change = await SaveAsync(db, ct);
        if (change == Change.Done)
        {
            await transaction.CommitAsync(ct);
        }

        return change;
    }

    /// <summary>The sending lab sees its shipments; the receiving one from the moment of sending.</summary>
    internal static IQueryable<Shipment> Visible(CryoHubDb db, Guid userId) => db.Shipments.Where(s => s.FromLab.Memberships.Any(m => m.UserId == userId)
        || ((s.State == ShipmentState.Sent || s.State == ShipmentState.Arrived) && s.ToLab!.Memberships.Any(m => m.UserId == userId)));

    internal static async Task<Change> SaveAsync(CryoHubDb db, CancellationToken ct)
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
    }

    private static Task<Shipment?> OpenAsync(CryoHubDb db, Guid userId, Guid shipmentId, uint version, CancellationToken ct) => db.Shipments.Include(s => s.Items)
        .SingleOrDefaultAsync(s => s.Id == shipmentId && s.Version == version && s.State == ShipmentState.Packing && s.FromLab.Memberships.Any(m => m.UserId == userId && m.Role >= LabRole.Member), ct);

    private static async Task<Change> WhyNotAsync(CryoHubDb db, Guid userId, Guid shipmentId, CancellationToken ct)
    {
        var seen = await Visible(db, userId).Where(s => s.Id == shipmentId).Select(s => new { s.State, Sends = s.FromLab.Memberships.Any(m => m.UserId == userId && m.Role >= LabRole.Member) }).SingleOrDefaultAsync(ct);
        return seen is null ? Change.Absent
            : !seen.Sends ? Change.Forbidden
            : seen.State == ShipmentState.Packing ? Change.Conflict
            : throw new ProblemException(ProblemKind.Conflict, $"This shipment is {seen.State.ToString().ToLowerInvariant()}; its list can no longer be changed.");
    }

    private static async Task FillAsync(CryoHubDb db, Guid userId, Shipment shipment, ShipmentText text, CancellationToken ct)
    {
        var hazards = (text.Hazards ?? []).Distinct().ToArray();
        if (hazards.Length == 0 || hazards.FirstOrDefault(key => HazardClass.Find(key) is null) is not null)
        {
            throw new ProblemException(ProblemKind.Invalid, $"Name the hazard classes, at least one, of {string.Join(", ", HazardClass.All.Select(hazard => hazard.Key))}.");
        }

        var wanted = (text.Samples ?? []).Distinct().ToList();
        var found = wanted.Count <= MostItems ? await db.HandledBy(userId).CountAsync(s => wanted.Contains(s.Id), ct) : throw new ProblemException(ProblemKind.Invalid, $"A shipment takes {MostItems} items, not {wanted.Count}.");
        if (found != wanted.Count)
        {
            throw new ProblemException(ProblemKind.Invalid, $"{wanted.Count - found} of {wanted.Count} items are not yours to send.");
        }

        (shipment.Title, shipment.Hazards) = (Required.Name(text.Title), hazards);
        (shipment.Container, shipment.Carrier, shipment.Notes) = (Required.AtMost(text.Container, 200, "The container"), Required.AtMost(text.Carrier, 200, "The carrier"), text.Notes?.Trim() ?? "");
        var hold = string.IsNullOrWhiteSpace(text.Hold) ? null : Quantity.Parse(text.Hold, Dimension.Duration, Units.Of(Dimension.Duration, "h"));
        if (hold is { Si: <= 0 } || (hold is null) != (text.FilledAt is null))
        {
            throw new ProblemException(ProblemKind.Invalid, "Say both when the container was filled and how long it holds (for instance 7 d), or neither.");
        }

        (shipment.FilledAt, shipment.HoldTyped, shipment.HoldSeconds) = (text.FilledAt?.ToUniversalTime(), hold?.Typed ?? "", hold?.Si);
        shipment.Items.RemoveAll(item => !wanted.Contains(item.SampleId));
        shipment.Items.AddRange(wanted.Where(id => shipment.Items.All(item => item.SampleId != id)).Select(id => new ShipmentItem { ShipmentId = shipment.Id, SampleId = id }));
    }
}
