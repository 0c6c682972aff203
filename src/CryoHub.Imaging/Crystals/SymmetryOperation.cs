using System.Globalization;

namespace CryoHub.Imaging.Crystals;

/// <summary>A symmetry operation on fractional coordinates: x' = R x + t (International Tables for Crystallography, vol. A, 1.2.2).</summary>
/// <param name="Rotation">R, row by row: nine numbers.</param>
/// <param name="Translation">t, in fractions of the cell's edges, 0 (included) to 1.</param>
public sealed record SymmetryOperation(IReadOnlyList<int> Rotation, IReadOnlyList<double> Translation)
{
    /// <summary>An operation written as a coordinate triplet: <c>-y,x-y,z+1/3</c>; <c>null</c> where the text is none.</summary>
    public static SymmetryOperation? Parse(string triplet)
    {
        var parts = triplet.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant().Split(',');
        var rotation = new int[9];
        var translation = new double[3];
        if (parts.Length != 3)
        {
            return null;
        }

        for (var row = 0; row < 3; row++)
        {
            if (!ParseRow(parts[row], rotation.AsSpan(3 * row, 3), out translation[row]))
            {
                return null;
            }
        }

        return new SymmetryOperation(rotation, translation);
    }

    /// <summary>Where the operation takes a point, in fractions of the cell, each 0 (included) to 1.</summary>
    public (double X, double Y, double Z) Apply(double x, double y, double z) => (Row(0, x, y, z), Row(1, x, y, z), Row(2, x, y, z));

    /// <summary>True where this operation alone makes the reflection (hkl) vanish: h R = h, yet h t is no whole number (International Tables, vol. A, 1.6.3).</summary>
    public bool Extinguishes(int h, int k, int l)
    {
        for (var column = 0; column < 3; column++)
        {
            var image = (h * Rotation[column]) + (k * Rotation[3 + column]) + (l * Rotation[6 + column]);
            if (image != (column == 0 ? h : column == 1 ? k : l))
            {
                return false;
            }
        }

        var phase = (h * Translation[0]) + (k * Translation[1]) + (l * Translation[2]);
        return Math.Abs(phase - Math.Round(phase)) > 1e-3;
    }

    /// <summary>First <paramref name="other"/>, then this.</summary>
    public SymmetryOperation After(SymmetryOperation other)
    {
        var rotation = new int[9];
        for (var i = 0; i < 9; i++)
        {
            var (row, column) = (3 * (i / 3), i % 3);
            rotation[i] = (Rotation[row] * other.Rotation[column]) + (Rotation[row + 1] * other.Rotation[3 + column]) + (Rotation[row + 2] * other.Rotation[6 + column]);
        }

        var (x, y, z) = Apply(other.Translation[0], other.Translation[1], other.Translation[2]);
        return new SymmetryOperation(rotation, [x, y, z]);
    }

    /// <summary>True where both do the same.</summary>
    public bool IsSame(SymmetryOperation other) =>
        Rotation.SequenceEqual(other.Rotation) && Translation.Zip(other.Translation).All(pair => Math.Abs(pair.First - pair.Second - Math.Round(pair.First - pair.Second)) < 1e-4);

    /// <summary>0 (included) to 1; a rounding error below 1 is 0.</summary>
    internal static double Wrap(double fraction) => fraction - Math.Floor(fraction) is var wrapped && wrapped > 1 - 1e-9 ? 0 : wrapped;

    private double Row(int row, double x, double y, double z) =>
        Wrap((Rotation[3 * row] * x) + (Rotation[(3 * row) + 1] * y) + (Rotation[(3 * row) + 2] * z) + Translation[row]);

    /// <summary>One coordinate: letters with signs, and fractions or decimals before or behind them.</summary>
    private static bool ParseRow(string text, Span<int> row, out double translation)
    {
        translation = 0;
        var sign = 1;
        for (var i = 0; i < text.Length;)
        {
            if (text[i] is '+' or '-')
            {
                sign = text[i++] == '-' ? -1 : 1;
                continue;
            }

            if (text[i] is >= 'x' and <= 'z')
            {
                row[text[i++] - 'x'] += sign;
                continue;
            }

            var end = i;
            while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '.' or '/'))
            {
                end++;
            }

            if (end == i || !TryFraction(text[i..end], out var number))
            {
                return false;
            }

            if (end < text.Length && text[end] is '*')
            {
                end++;
            }

            if (end < text.Length && text[end] is >= 'x' and <= 'z')
            {
                row[text[end++] - 'x'] += sign * (int)Math.Round(number);
            }
            else
            {
                translation += sign * number;
            }

            (i, sign) = (end, 1);
        }

        translation = Wrap(translation);
        return text.Length > 0 && row.IndexOfAnyExceptInRange(-3, 3) < 0;
    }

    private static bool TryFraction(string text, out double number)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && number < 100;
        }

        number = 0;
        if (int.TryParse(text[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out var above)
            && int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var below) && below != 0)
        {
            number = (double)above / below;
            return true;
        }

        return false;
    }
}
