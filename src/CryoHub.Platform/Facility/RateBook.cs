using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Facility;

/// <summary>What instruments cost. Rates are added by managers; a later one from the same day on corrects the earlier.</summary>
public sealed class RateBook(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    private const decimal Most = 1_000_000;

    /// <summary>Newest first, for all who see the instrument: they pay it. <c>null</c> where it cannot be seen.</summary>
    public async Task<IReadOnlyList<RateRow>?> ListAsync(Guid userId, Guid instrumentId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Instruments.VisibleTo(userId).AnyAsync(i => i.Id == instrumentId, ct)
            ? await db.InstrumentRates.Where(r => r.InstrumentId == instrumentId).OrderByDescending(r => r.ValidFrom).ThenByDescending(r => r.CreatedAt).ThenByDescending(r => r.Id).Take(200)
                .Select(r => new RateRow(r.Id, r.PerHour, r.Currency, r.ValidFrom)).ToListAsync(ct)
            : null;
    }

    /// <summary>The rate's id; <c>null</c> where the instrument cannot be seen.</summary>
    public async Task<Guid?> SetAsync(Guid userId, Guid instrumentId, SetRate wanted, CancellationToken ct)
    {
        var currency = wanted.Currency?.Trim().ToUpperInvariant() ?? "";
        if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper) || wanted.PerHour is < 0 or > Most || decimal.Round(wanted.PerHour, 2) != wanted.PerHour)
        {
            throw new ProblemException(ProblemKind.Invalid, $"A rate is 0 to {Most:0} with two decimals at most and a currency of three letters, for instance 85.50 EUR; given was {wanted.PerHour} “{currency}”.");
        }

        await using var db = await dbs.ForAsync(userId, ct);
        if (await db.ToChangeAsync(userId, instrumentId, LabRole.Manager, ct) is null)
        {
            return null;
        }

        var rate = new InstrumentRate
        {
            Id = Guid.CreateVersion7(),
            InstrumentId = instrumentId,
            PerHour = wanted.PerHour,
            Currency = currency,
            ValidFrom = wanted.ValidFrom.ToUniversalTime(),
            RecordedBy = userId,
            CreatedAt = time.GetUtcNow(),
        };
        db.Add(rate);
        await db.SaveChangesAsync(ct);
        return rate.Id;
    }
}
