using System.Globalization;
using CryoHub.Platform.Ledgers;
using CryoHub.Platform.Limits;
using CryoHub.Web.Components;

namespace CryoHub.Web.Features.Limits;

/// <summary>How limits are called on pages.</summary>
internal static class LimitWords
{
    public static string Title(LimitKind kind) => kind switch
    {
        LimitKind.Fluence => "Critical fluence",
        LimitKind.Warmth => "Warmest",
        LimitKind.Oxygen => "Oxygen",
        _ => "Water",
    };

    public static string Subject(LimitKind kind) => kind switch
    {
        LimitKind.Fluence => "Phase",
        LimitKind.Warmth => "What froze",
        _ => "Metal",
    };

    public static string Unit(LimitKind kind) => kind switch
    {
        LimitKind.Fluence => "e/Å²",
        LimitKind.Warmth => "K",
        _ => "ppm·min",
    };

    /// <summary>Electrons per square ångström: 100,000 rather than 1E+05.</summary>
    public static string PerA2(double fluence) => fluence >= 1000 ? fluence.ToString("N0", CultureInfo.InvariantCulture) : Words.Value(fluence, null);

    /// <summary>"Li2CO3: 750 e/Å² at 200 keV, loss of carbonate (source)".</summary>
    public static string Of(CriticalFluence limit) =>
        $"{limit.Phase}: {PerA2(limit.PerA2)} e/Å²{(limit.BeamKeV is { } keV ? $" at {keV} keV" : "")}{(limit.Criterion.Length > 0 ? $", {limit.Criterion}" : "")} ({limit.Source}).";
}
