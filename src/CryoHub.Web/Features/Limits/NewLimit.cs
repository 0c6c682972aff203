using CryoHub.Platform.Limits;

namespace CryoHub.Web.Features.Limits;

/// <param name="Kind">What the limit bounds; it stays what it is.</param>
/// <param name="Subject">A phase, a frozen medium or a metal.</param>
/// <param name="Value">A fluence (750 e/Å²), a temperature (138 K) or a number of ppm × minutes.</param>
internal sealed record NewLimit(LimitKind Kind, string Subject, string Value, double? BeamKeV = null, string Criterion = "", string Source = "", bool IsMeasured = false)
{
    public LimitText Text => new(Subject, Value, BeamKeV, Criterion, Source, IsMeasured);
}
