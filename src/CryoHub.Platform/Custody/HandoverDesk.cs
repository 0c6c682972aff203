using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Samples;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Custody;

/// <summary>From hand to hand and from lab to lab, with acknowledgement.</summary>
public sealed class HandoverDesk(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    /// <summary>Open offers that the person made or may accept, newest first.</summary>
    public async Task<Page<OfferRow>> ListAsync(Guid userId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Handovers.Where(h => h.State == OfferState.Open && h.Sample.DeletedAt == null).Where(h => h.FromId == userId
                || (h.ToLab.Memberships.Any(m => m.UserId == userId && m.Role >= LabRole.Member) && (h.ToPersonId == null || h.ToPersonId == userId)))
            .OrderByDescending(h => h.OfferedAt).ThenBy(h => h.Id)
            .Select(h => new OfferRow(
                h.Id, new SampleLink(h.SampleId, h.Sample.Kind, h.Sample.Name), h.Sample.Metal, h.From.DisplayName, h.ToPersonId == null ? h.ToLab.Name : h.ToPerson!.DisplayName, h.Note, h.OfferedAt,
                h.FromId == userId))
            .ToPageAsync(page, ct);
    }

    /// <summary>Offers what is in the person's own hands; <c>null</c> where the item cannot be seen.</summary>
    public async Task<Guid?> OfferAsync(Guid userId, Guid sampleId, OfferItem offer, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await Handling.BeginAsync(db, userId, sampleId, ct) is not { } sample)
        {
            return null;
        }

        var current = await Handling.CurrentAsync(db, sampleId, ct);
        if (current is not { Kind: KeepingKind.Person } || current.PersonId != userId)
        {
            throw new ProblemException(ProblemKind.Conflict, current switch
            {
                null => $"Nobody has recorded where {sample.Name} is; take it first.",
                { Kind: KeepingKind.Person } => $"{sample.Name} is in the hands of {current.Person!.DisplayName}, who can hand it over.",
                { Kind: KeepingKind.Storage } => $"{sample.Name} lies in storage; take it out first.",
                { Kind: KeepingKind.Outside } => $"{sample.Name} is outside, with {current.Outside}; take it back first.",
                _ => $"{sample.Name} is on its way; check the shipment in first.",
            });
        }

        if (!await KnownLabs.Of(db, userId).AnyAsync(lab => lab.Id == offer.ToLabId, ct)
            || (offer.ToPersonId is { } person && !await db.Memberships.AnyAsync(m => m.LabId == offer.ToLabId && m.UserId == person && m.Role >= LabRole.Member, ct)))
        {
            throw new ProblemException(ProblemKind.Invalid, "The receiver is not a lab that you know, or the person is not one of its members who may handle items.");
        }

        if (offer.ToPersonId == userId)
        {
            throw new ProblemException(ProblemKind.Invalid, "The item is in your hands already.");
        }

        var handover = new Handover
        {
            Id = Guid.CreateVersion7(),
            SampleId = sampleId,
            FromId = userId,
            ToLabId = offer.ToLabId,
            ToPersonId = offer.ToPersonId,
            Note = Handling.Note(offer.Note),
            OfferedAt = time.GetUtcNow(),
        };
        db.Add(handover);
        await Handling.SaveAsync(db, () => Task.FromResult($"{sample.Name} is offered already; withdraw that first."), ct);
        await transaction.CommitAsync(ct);
        return handover.Id;
    }

    /// <summary>The item is in one's hands from now on.</summary>
    public Task<Change> AcceptAsync(Guid userId, Guid handoverId, string? answer, CancellationToken ct) => AnswerAsync(userId, handoverId, OfferState.Accepted, answer, ct);

    public Task<Change> DeclineAsync(Guid userId, Guid handoverId, string? answer, CancellationToken ct) => AnswerAsync(userId, handoverId, OfferState.Declined, answer, ct);

    public Task<Change> WithdrawAsync(Guid userId, Guid handoverId, CancellationToken ct) => AnswerAsync(userId, handoverId, OfferState.Withdrawn, null, ct);

    private async Task<Change> AnswerAsync(Guid userId, Guid handoverId, OfferState state, string? answer, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select 1 from samples where id = (select sample_id from handovers where id = {handoverId}) for update", ct);
        var mayAnswer = state == OfferState.Withdrawn
            ? db.Handovers.Where(h => h.FromId == userId)
            : db.Handovers.Where(h => h.ToLab.Memberships.Any(m => m.UserId == userId && m.Role >= LabRole.Member) && (h.ToPersonId == null || h.ToPersonId == userId) && h.FromId != userId);
        if (await mayAnswer.SingleOrDefaultAsync(h => h.Id == handoverId, ct) is not { } handover)
        {
            return Change.Absent;
        }

        if (handover.State != OfferState.Open)
        {
            throw new ProblemException(ProblemKind.Conflict, $"This offer was {handover.State.ToString().ToLowerInvariant()} on {handover.AnsweredAt:d MMM yyyy HH:mm} UTC.");
        }

        var now = Handling.Moment(time, null);
        (handover.State, handover.AnsweredAt, handover.AnsweredBy, handover.Answer) = (state, now, userId, Handling.Note(answer));
        if (state == OfferState.Accepted)
        {
            var current = await Handling.CurrentAsync(db, handover.SampleId, ct);
            if (current is not { Kind: KeepingKind.Person } || current.PersonId != handover.FromId)
            {
                throw new ProblemException(ProblemKind.Conflict, "The item has left the hands that offered it; ask for a new offer.");
            }

            Handling.Follow(db, current, new Keeping
            {
                Id = Guid.CreateVersion7(),
                SampleId = handover.SampleId,
                LabId = handover.ToLabId,
                Kind = KeepingKind.Person,
                PersonId = userId,
                Since = now,
                RecordedBy = userId,
                Note = handover.Answer,
            });
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Change.Done;
    }
}
