using System.Globalization;
using CryoHub.Platform.Quantities;
using CryoHub.Platform.Steps;

namespace CryoHub.Web.Features.Steps;

/// <summary>How recorded values are written on pages.</summary>
internal static class StepWords
{
    /// <summary>In the field's unit: "128 K" of a field in °C reads "−145.2 °C".</summary>
    public static string Value(StepField field, StepValue value) =>
        field is { Kind: FieldKind.Quantity, Dimension: { } dimension } && value.Si is { } si ? new Quantity(si, value.Typed).Show(Units.Of(dimension, field.Unit)) : value.Typed;

    /// <summary>What was typed, where it reads otherwise than the shown value; empty where it does not.</summary>
    public static string Typed(StepField field, StepValue value) =>
        field.Kind == FieldKind.Quantity && value.Typed.Replace('-', '−') != Value(field, value) ? $"typed {value.Typed}" : "";

    public static string When(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture) + " UTC";
}
