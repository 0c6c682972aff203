using CryoHub.Platform.Literature;
using CryoHub.Platform.Quantities;

namespace CryoHub.Web.Features.Fields;

/// <summary>A published value in the unit of one's own; low and high are equal where it is no range.</summary>
/// <param name="Deviation">Standard deviation that is stated with it.</param>
internal sealed record Published(PublishedValue Value, double Low, double High, double? Deviation)
{
    /// <summary>The statement in one line: "above 2", "191 ± 24", "5 to 10".</summary>
    public string Words => $"{Value.Bound} {ComparePlot.Number(Low)}{(High > Low ? $" to {ComparePlot.Number(High)}" : "")}{(Deviation is { } sd ? $" ± {ComparePlot.Number(sd)}" : "")}".TrimStart();

    /// <summary><c>null</c> where there is no number, or one of another dimension.</summary>
    public static Published? In(PublishedValue value, string unit)
    {
        if (value.Low is not { } low)
        {
            return null;
        }

        if (value.Unit == unit)
        {
            return new Published(value, low, value.High ?? low, value.Deviation);
        }

        return Units.Find(value.Unit, Dimension.Length) is { } from && Units.Find(unit, from.Dimension) is { } to && to.Dimension == from.Dimension
            ? new Published(value, Convert(low, from, to), Convert(value.High ?? low, from, to), value.Deviation is { } sd ? Convert(low + sd, from, to) - Convert(low, from, to) : null)
            : null;
    }

    private static double Convert(double value, Unit from, Unit to) => new Quantity((value * from.Factor) + from.Offset, "").In(to);
}
