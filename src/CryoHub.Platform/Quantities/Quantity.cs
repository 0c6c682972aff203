using System.Globalization;
using CryoHub.Imaging;

namespace CryoHub.Platform.Quantities;

/// <summary>A value with its unit: kept in SI, with what was typed beside it.</summary>
/// <param name="Si">In the SI unit of the dimension.</param>
/// <param name="Typed">As the person wrote it: <c>-145 degC</c>.</param>
public sealed record Quantity(double Si, string Typed)
{
    /// <summary>Reads what was typed: a number, and a unit of <paramref name="dimension"/>; without a unit it is taken in <paramref name="unit"/>.</summary>
    /// <exception cref="ProblemException">Invalid: no number, an unknown unit, a unit of another dimension, or a physically impossible value.</exception>
    public static Quantity Parse(string typed, Dimension dimension, Unit unit)
    {
        var text = typed.Trim().Replace('\u2212', '-').Replace("\u00A0", " ", StringComparison.Ordinal).Replace("\u202F", " ", StringComparison.Ordinal);
        var digits = NumberLength(text);
        if (digits == 0 || !double.TryParse(text.AsSpan(0, digits), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            throw new ProblemException(ProblemKind.Invalid, $"“{typed}” is no number with a unit; expected for instance {Example(unit)}.");
        }

        var symbol = text[digits..].Trim();
        var found = symbol.Length == 0 ? unit : Units.Find(symbol, dimension);
        if (found is null)
        {
            throw new ProblemException(ProblemKind.Invalid, $"“{symbol}” is no unit that CryoHub knows; expected {Known(dimension)}.");
        }

        if (found.Dimension != dimension)
        {
            throw new ProblemException(ProblemKind.Invalid, $"“{typed}” is a {Words(found.Dimension)}; expected a {Words(dimension)}: {Known(dimension)}.");
        }

        var quantity = new Quantity((number * found.Factor) + found.Offset, symbol.Length == 0 ? $"{typed.Trim()} {unit.Symbol}".TrimEnd() : typed.Trim());
        Possible.Check(quantity, dimension, unit);
        return quantity;
    }

    /// <summary>The value in another unit of its dimension.</summary>
    public double In(Unit unit) => (Si - unit.Offset) / unit.Factor;

    /// <summary>The value in a unit as people read it, with up to <paramref name="digits"/> significant digits.</summary>
    public string Show(Unit unit, int digits = 4) => $"{Rounded(In(unit), digits)} {unit.Symbol}".TrimEnd();

    /// <summary>By way of a decimal where it fits: 128 K is −145.15 °C and reads −145.2, which the nearest double, a hair above, would not. Below ten million without an exponent.</summary>
    private static string Rounded(double value, int digits)
    {
        var text = Math.Abs(value) is 0 or (> 1e-9 and < 1e15) ? ((decimal)value).ToString("G" + digits, CultureInfo.InvariantCulture) : value.ToString("G" + digits, CultureInfo.InvariantCulture);
        var plain = Math.Abs(value) is >= 1 and < 1e7 && text.Contains('E', StringComparison.Ordinal) ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("0", CultureInfo.InvariantCulture) : text;
        return plain.Replace('-', '\u2212');
    }

    private static string Example(Unit unit) => unit.Dimension == Dimension.Temperature ? "-145 °C or 128 K" : $"1.5 {unit.Symbol}";

    private static string Known(Dimension dimension) => string.Join(", ", Units.All.Where(unit => unit.Dimension == dimension).Select(unit => unit.Symbol));

    private static string Words(Dimension dimension) => string.Concat(dimension.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    /// <summary>Characters of the number at the start, an exponent included.</summary>
    private static int NumberLength(string text)
    {
        var at = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        var start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
        {
            at++;
        }

        if (at == start)
        {
            return 0;
        }

        var exponent = at + 1 < text.Length && text[at] is 'e' or 'E' ? at + (text[at + 1] is '+' or '-' ? 2 : 1) : text.Length;
        if (exponent < text.Length && char.IsAsciiDigit(text[exponent]))
        {
            at = exponent;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }
        }

        return at;
    }
}
