using System.Text.Json.Serialization;
using CryoHub.Imaging;
using CryoHub.Platform.Quantities;
using CryoHub.Platform.Steps;

namespace CryoHub.Platform.Workflows;

/// <summary>What a template asks of one field.</summary>
/// <param name="Key">Key of a <see cref="StepField"/> of the step's kind.</param>
/// <param name="IsRequired">Left out only with a reason; otherwise it is recommended.</param>
/// <param name="Low">Least usual value with unit; empty where there is none.</param>
/// <param name="High">Greatest usual value with unit.</param>
public sealed record FieldRule(string Key, bool IsRequired, string Low = "", string High = "")
{
    [JsonIgnore]
    public bool HasRange => Low.Length + High.Length > 0;

    /// <summary>What is unusual about a recorded value, in words; <c>null</c> where nothing is.</summary>
    public string? Complain(StepField field, StepValue? value)
    {
        if (value is null)
        {
            return IsRequired ? $"{field.Label} is required by the template." : null;
        }

        if (field.Dimension is not { } dimension || value.Si is not { } si)
        {
            return null;
        }

        var unit = Units.Of(dimension, field.Unit);
        var (low, high) = (Bound(Low, dimension, unit), Bound(High, dimension, unit));
        return si < low || si > high ? $"{field.Label}: {new Quantity(si, value.Typed).Show(unit)} lies outside the template's {Range(field)}." : null;
    }

    /// <summary>"−180 to −150 °C", "at most 1 ppm"; empty without a range.</summary>
    public string Range(StepField field)
    {
        if (field.Dimension is not { } dimension || !HasRange)
        {
            return "";
        }

        var unit = Units.Of(dimension, field.Unit);
        return (Low, High) switch
        {
            ("", _) => $"at most {Show(High)}",
            (_, "") => $"at least {Show(Low)}",
            _ => $"{Show(Low)} to {Show(High)}",
        };

        string Show(string bound) => Quantity.Parse(bound, dimension, unit).Show(unit);
    }

    /// <exception cref="ProblemException">Invalid: no such field, a range without a quantity, or a range upside down.</exception>
    public void Check(StepKind kind)
    {
        var field = kind.Field(Key) ?? throw new ProblemException(ProblemKind.Invalid, $"A step of kind {kind.Key} has no field “{Key}”.");
        if (!HasRange)
        {
            return;
        }

        var dimension = field.Dimension ?? throw new ProblemException(ProblemKind.Invalid, $"{field.Label} is no quantity and has no range.");
        var unit = Units.Of(dimension, field.Unit);
        if (Bound(Low, dimension, unit) > Bound(High, dimension, unit))
        {
            throw new ProblemException(ProblemKind.Invalid, $"{field.Label}: the range begins at {Low} and ends at {High}.");
        }
    }

    private static double? Bound(string typed, Dimension dimension, Unit unit) => typed.Length > 0 ? Quantity.Parse(typed, dimension, unit).Si : null;
}
