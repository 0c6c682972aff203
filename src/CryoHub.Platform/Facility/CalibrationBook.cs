using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Quantities;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Facility;

/// <summary>What a pixel measured when. Nothing is interpolated: a magnification that nobody calibrated has no calibration.</summary>
public sealed class CalibrationBook(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    /// <summary>The whole history or, with <paramref name="at"/>, what was in force then; by mode, detector and magnification, newest first. <c>null</c>: the instrument cannot be seen.</summary>
    public async Task<IReadOnlyList<CalibrationRow>?> ListAsync(Guid userId, Guid instrumentId, DateTimeOffset? at, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await db.Instruments.VisibleTo(userId).AnyAsync(i => i.Id == instrumentId, ct))
        {
            return null;
        }

        // Of two that begin at the same moment the one recorded later counts: it corrects the other.
        var rows = await db.Calibrations.Where(c => c.InstrumentId == instrumentId && c.WithdrawnAt == null)
            .OrderBy(c => c.Mode).ThenBy(c => c.Detector).ThenBy(c => c.Magnification).ThenByDescending(c => c.ValidFrom).ThenByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id)
            .Select(c => new CalibrationRow(
                c.Id, c.Mode, c.Detector, c.Magnification, c.PixelTyped, c.PixelMetres, c.UncertaintyPercent, c.Standard, c.ValidFrom, null,
                db.Users.Where(u => u.Id == c.RecordedBy).Select(u => u.DisplayName).FirstOrDefault() ?? ""))
            .Take(2000).ToListAsync(ct);
        var history = rows.Select((row, i) => i > 0 && IsSameSetting(rows[i - 1], row) ? row with { ValidUntil = rows[i - 1].ValidFrom } : row);
        return [.. at is { } moment ? history.Where(row => row.ValidFrom <= moment && (row.ValidUntil is null || row.ValidUntil > moment)) : history];
    }

    /// <summary>The calibration's id; <c>null</c> where the instrument cannot be seen.</summary>
    public async Task<Guid?> AddAsync(Guid userId, Guid instrumentId, CalibrationText text, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await db.ToChangeAsync(userId, instrumentId, LabRole.Member, ct) is null)
        {
            return null;
        }

        var pixel = Quantity.Parse(Required.AtMost(text.Pixel, 40, "The pixel"), Dimension.Length, Units.Of(Dimension.Length, "nm"));
        if (pixel.Si is not (> 1e-13 and < 1e-3))
        {
            throw new ProblemException(ProblemKind.Invalid, $"A pixel of {pixel.Typed} is not possible; expected between 0.1 pm and 1 mm.");
        }

        if (text.Magnification is not (>= 1 and <= 1e8))
        {
            throw new ProblemException(ProblemKind.Invalid, $"A magnification of {text.Magnification} is not possible; expected between 1 and 100 000 000.");
        }

        if (text.UncertaintyPercent is { } percent && percent is not (>= 0 and <= 100))
        {
            throw new ProblemException(ProblemKind.Invalid, $"An uncertainty of {percent} % is not possible; expected between 0 and 100.");
        }

        var now = time.GetUtcNow();
        if (text.ValidFrom > now.AddDays(1))
        {
            throw new ProblemException(ProblemKind.Invalid, $"A calibration is measured before it is valid; {text.ValidFrom:d MMM yyyy} lies ahead.");
        }

        var calibration = new Calibration
        {
            Id = Guid.CreateVersion7(),
            InstrumentId = instrumentId,
            Mode = Required.AtMost(text.Mode, 40, "The mode"),
            Detector = Required.AtMost(text.Detector, 80, "The detector"),
            Magnification = text.Magnification,
            PixelTyped = pixel.Typed,
            PixelMetres = pixel.Si,
            UncertaintyPercent = text.UncertaintyPercent,
            Standard = Required.AtMost(text.Standard, 200, "The standard"),
            ValidFrom = text.ValidFrom.ToUniversalTime(),
            RecordedBy = userId,
            CreatedAt = now,
        };
        db.Add(calibration);
        await db.SaveChangesAsync(ct);
        return calibration.Id;
    }

    /// <summary>Takes a mistyped calibration out of force; the audit log keeps it.</summary>
    public async Task<Change> WithdrawAsync(Guid userId, Guid calibrationId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var instrumentId = await db.Calibrations.Where(c => c.Id == calibrationId && c.WithdrawnAt == null).Select(c => (Guid?)c.InstrumentId).SingleOrDefaultAsync(ct);
        if (instrumentId is not { } id || await db.ToChangeAsync(userId, id, LabRole.Member, ct) is null)
        {
            return Change.Absent;
        }

        var now = time.GetUtcNow();
        await db.Calibrations.Where(c => c.Id == calibrationId).ExecuteUpdateAsync(set => set.SetProperty(c => c.WithdrawnAt, now), ct);
        return Change.Done;
    }

    private static bool IsSameSetting(CalibrationRow a, CalibrationRow b) => (a.Mode, a.Detector) == (b.Mode, b.Detector) && a.Magnification.Equals(b.Magnification);
}
