using CryoHub.Platform.Ledgers;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Limits;

/// <summary>The limits that hold in one lab: its own, and what CryoHub brings for phases and media that the lab says nothing about.</summary>
public sealed record LimitSet(IReadOnlyList<CriticalFluence> Fluences, IReadOnlyList<ColdLimit> Colds, IReadOnlyList<GasLimit> Gases)
{
    private const double SquareAngstrom = 1e-20;   // m²

    public static LimitSet BuiltIn { get; } = new(CriticalFluence.Reported, ColdLimit.Known, []);

    public static async Task<LimitSet> OfLabAsync(CryoHubDb db, Guid labId, CancellationToken ct) =>
        Of(await db.LabLimits.Where(l => l.LabId == labId).OrderBy(l => l.Subject).ThenBy(l => l.BeamKeV).AsNoTracking().ToListAsync(ct));

    private static LimitSet Of(IReadOnlyList<LabLimit> own)
    {
        var fluences = own.Where(l => l.Kind == LimitKind.Fluence).Select(l => new CriticalFluence(l.Subject, l.Value * SquareAngstrom, l.BeamKeV, l.Criterion, l.Source, l.IsMeasured)).ToList();
        var colds = own.Where(l => l.Kind == LimitKind.Warmth).Select(l => new ColdLimit(l.Subject, l.Value, l.Source)).ToList();
        return new(
            [.. fluences, .. CriticalFluence.Reported.Where(known => fluences.All(l => !Same(l.Phase, known.Phase)))],
            [.. colds, .. ColdLimit.Known.Where(known => colds.All(l => !Same(l.Medium, known.Medium)))],
            [.. own.Where(l => l.Kind is LimitKind.Oxygen or LimitKind.Water).Select(l => new GasLimit(l.Kind, l.Subject, l.Value, l.Source))]);
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
