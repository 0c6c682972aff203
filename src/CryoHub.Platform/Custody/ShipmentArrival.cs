using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Quantities;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Custody;

/// <summary>Checks a shipment in: every item is looked at, what is not well goes into the failure register by itself.</summary>
public sealed class ShipmentArrival(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    /// <summary>By the receiving lab; by the sending one where it came back or, with the receiver's name, for a place that has no lab here.</summary>
    public async Task<Change> CheckInAsync(Guid userId, Guid shipmentId, ArrivalCheck check, uint version, CancellationToken ct)
    {
        var now = Handling.Moment(time, null);
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await ShipmentDesk.Visible(db, userId).Include(s => s.Items).ThenInclude(i => i.Sample).SingleOrDefaultAsync(s => s.Id == shipmentId, ct) is not { } shipment)
        {
            return Change.Absent;
        }

        var labs = await db.Memberships.Where(m => m.UserId == userId && m.Role >= LabRole.Member && (m.LabId == shipment.ToLabId || m.LabId == shipment.FromLabId)).Select(m => m.LabId).ToListAsync(ct);
        if (labs.Count == 0)
        {
            return Change.Forbidden;
        }

        if (shipment.State != ShipmentState.Sent)
        {
            throw new ProblemException(ProblemKind.Conflict, shipment.ArrivedAt is { } earlier ? $"This shipment was checked in on {earlier:d MMM yyyy HH:mm} UTC." : "This shipment has not been sent.");
        }

        if (shipment.Version != version)
        {
            return Change.Conflict;
        }

        var (receiver, at) = Outside(shipment, check, now);
        var seen = (check.Items ?? []).GroupBy(item => item.SampleId).ToDictionary(group => group.Key, group => group.Last());
        var unseen = shipment.Items.Where(item => seen.GetValueOrDefault(item.SampleId) is not { Arrival: not Arrival.Unchecked } look || !Enum.IsDefined(look.Arrival)).Select(item => item.Sample.Name).ToList();
        if (unseen.Count > 0 || seen.Count > shipment.Items.Count)
        {
            throw new ProblemException(ProblemKind.Invalid, unseen.Count > 0 ? $"Look at every item: {string.Join(", ", unseen)} still to be checked." : $"{seen.Count - shipment.Items.Count} items are not of this shipment.");
        }

        var warmest = string.IsNullOrWhiteSpace(check.Warmest) ? null : Quantity.Parse(check.Warmest, Dimension.Temperature, Units.Of(Dimension.Temperature, "°C"));
        var lab = shipment.ToLabId is { } to && labs.Contains(to) ? to : shipment.FromLabId;
        foreach (var item in shipment.Items.OrderBy(item => item.SampleId))
        {
            var look = seen[item.SampleId];
            (item.Arrival, item.ArrivalNote) = (look.Arrival, Handling.Note(look.Note));
            await db.Database.ExecuteSqlAsync($"select 1 from samples where id = {item.SampleId} for update", ct);
            await ArriveAsync(db, userId, shipment, item, lab, receiver, at, ct);
        }

        (shipment.State, shipment.ArrivedAt, shipment.ArrivedBy, shipment.ReceivedBy) = (ShipmentState.Arrived, at, userId, receiver);
        (shipment.WarmestTyped, shipment.WarmestKelvin, shipment.ArrivalNotes) = (warmest?.Typed ?? "", warmest?.Si, check.Notes?.Trim() ?? "");
        var change = await ShipmentDesk.SaveAsync(db, ct);
        if (change == Change.Done)
        {
            await transaction.CommitAsync(ct);
        }

        return change;
    }

    /// <summary>Who has it outside, and since when; nobody and now where it is checked in by who has it.</summary>
    private (string Receiver, DateTimeOffset At) Outside(Shipment shipment, ArrivalCheck check, DateTimeOffset now)
    {
        var receiver = Required.AtMost(check.ReceivedBy, 200, "The receiver");
        if (receiver.Length == 0)
        {
            return ("", now);
        }

        if (shipment.ToLabId is not null)
        {
            throw new ProblemException(ProblemKind.Invalid, "This shipment goes to a lab that has people here; one of them checks it in.");
        }

        var at = Handling.Moment(time, check.At);
        return at >= shipment.SentAt ? (receiver, at) : throw new ProblemException(ProblemKind.Invalid, $"It left on {shipment.SentAt:d MMM yyyy HH:mm} UTC and cannot have come on {at:d MMM yyyy HH:mm}, before that.");
    }

    private static async Task ArriveAsync(CryoHubDb db, Guid userId, Shipment shipment, ShipmentItem item, Guid lab, string receiver, DateTimeOffset now, CancellationToken ct)
    {
        var current = await Handling.CurrentAsync(db, item.SampleId, ct);
        if (current?.ShipmentId != shipment.Id)
        {
            return;   // recorded elsewhere meanwhile, as a find: that is its place, and the gap is seen
        }

        if (item.Arrival == Arrival.Lost)
        {
            current.Until = now;
        }
        else
        {
            Handling.Follow(db, current, new Keeping
            {
                Id = Guid.CreateVersion7(),
                SampleId = item.SampleId,
                LabId = lab,
                Kind = receiver.Length > 0 ? KeepingKind.Outside : KeepingKind.Person,
                PersonId = receiver.Length > 0 ? null : userId,
                Outside = receiver.Length > 0 ? $"{receiver}, {shipment.ToOutside}" : "",
                Since = now,
                RecordedBy = userId,
                Note = item.ArrivalNote,
            });
        }

        if (item.Arrival != Arrival.Well)
        {
            var kind = item.Arrival switch { Arrival.Lost => FailureKind.Lost, Arrival.Cracked => FailureKind.Cracked, _ => FailureKind.Frosted };
            var cause = item.ArrivalNote.Length > 0 ? item.ArrivalNote : "On the way; the cause is not known.";
            db.Add(FailureRegister.New(item.SampleId, item.Arrival == Arrival.Lost ? shipment.FromLabId : lab, kind, cause, now, userId, shipment.Id));
        }
    }
}
