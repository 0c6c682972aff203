using System.Globalization;
using CryoHub.Imaging;
using CryoHub.Platform.Quantities;

namespace CryoHub.Platform.Fields;

/// <summary>One condition on a field.</summary>
/// <param name="Text">As it was typed.</param>
/// <param name="Number">In the field's own unit; <c>null</c> for words.</param>
public sealed record FieldFilter(RecordedField Field, FieldTest Test, string Text, double? Number)
{
    private static readonly (string Sign, FieldTest Test)[] Signs =
    [
        ("!=", FieldTest.IsNot), ("<=", FieldTest.AtMost), (">=", FieldTest.AtLeast), ("=", FieldTest.Is), ("~", FieldTest.Contains), ("<", FieldTest.Below), (">", FieldTest.Above),
        ("?", FieldTest.Recorded), ("!", FieldTest.Missing),
    ];

    /// <summary>Reads <c>milling.temperature-max&gt;-120 degC</c>, <c>acquisition.mode=HRTEM</c>, <c>wash.solvent?</c> (recorded) or <c>wash.solvent!</c> (not recorded).</summary>
    /// <exception cref="ProblemException">Invalid: no such field, no comparison, or a value of another kind.</exception>
    public static FieldFilter Parse(string typed)
    {
        var at = typed.IndexOfAny(['=', '<', '>', '~', '?', '!']);
        if (at <= 0)
        {
            throw new ProblemException(ProblemKind.Invalid, $"“{typed}” is no filter; expected field, comparison and value, for instance milling.temperature-max>-120 degC or sample.metal=Li.");
        }

        var field = RecordedFields.Of(typed[..at].Trim());
        var (sign, test) = Signs.First(pair => typed.AsSpan(at).StartsWith(pair.Sign));
        var text = typed[(at + sign.Length)..].Trim();
        return test switch
        {
            FieldTest.Recorded or FieldTest.Missing => new(field, test, "", null),
            _ when text.Length == 0 => throw new ProblemException(ProblemKind.Invalid, $"“{typed}” has no value to compare {field.Title} with."),
            FieldTest.Contains => new(field, test, text, null),
            _ when field.IsNumber => new(field, test, text, NumberOf(field, text)),
            FieldTest.Is or FieldTest.IsNot => new(field, test, text, null),
            _ => throw new ProblemException(ProblemKind.Invalid, $"{field.Title} is recorded in words; it can be equal (=), different (!=), contain (~), be recorded (?) or missing (!)."),
        };
    }

    /// <summary>What was not recorded fulfils only the question for it.</summary>
    public bool Fits(FieldCell? cell) => Test switch
    {
        FieldTest.Missing => cell is null,
        FieldTest.Recorded => cell is not null,
        _ when cell is null => false,
        FieldTest.Contains => cell.Text.Contains(Text, StringComparison.OrdinalIgnoreCase),
        _ => Number is { } number ? cell.Number is { } value && Fits(value, number) : string.Equals(cell.Text, Text, StringComparison.OrdinalIgnoreCase) == (Test == FieldTest.Is),
    };

    private bool Fits(double value, double number) => Test switch
    {
        FieldTest.Is => IsEqual(value, number),
        FieldTest.IsNot => !IsEqual(value, number),
        FieldTest.Below => value < number,
        FieldTest.AtMost => value <= number,
        FieldTest.Above => value > number,
        _ => value >= number,
    };

    /// <summary>300 keV typed in two units differ in the last bits.</summary>
    private static bool IsEqual(double a, double b) => Math.Abs(a - b) <= 1e-9 * Math.Max(Math.Abs(a), Math.Abs(b));

    private static double NumberOf(RecordedField field, string text)
    {
        if (field.Dimension is { } dimension)
        {
            var unit = Units.Of(dimension, field.Unit);
            return Quantity.Parse(text, dimension, unit).In(unit);
        }

        return double.TryParse(text.Replace('\u2212', '-'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new ProblemException(ProblemKind.Invalid, $"{field.Title}: “{text}” is no number{(field.Unit.Length > 0 ? $" (in {field.Unit})" : "")}.");
    }
}
