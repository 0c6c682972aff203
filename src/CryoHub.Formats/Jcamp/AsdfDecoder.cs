using System.Globalization;
using CryoHub.Imaging;

namespace CryoHub.Formats.Jcamp;

/// <summary>
/// Ordinates in JCAMP-DX's compressed form (R. S. McDonald and P. A. Wilks, Appl. Spectrosc. 42, 151, 1988): plain numbers (AFFN), packed (PAC), first digit and sign in
/// one letter (SQZ), differences (DIF) and repetitions (DUP), mixed at will. Each line begins with its abscissa.
/// </summary>
internal sealed class AsdfDecoder
{
    private readonly List<double> values = [];
    private readonly int most;
    private double last;
    private double difference;
    private bool isDifference;

    /// <param name="most">Ordinates after which the data are refused: what the header promises and some to spare.</param>
    public AsdfDecoder(int most) => this.most = most;

    public IReadOnlyList<double> Values => values;

    /// <summary>Abscissa of the first line, as written; NaN before.</summary>
    public double FirstAbscissa { get; private set; } = double.NaN;

    /// <summary>Adds the ordinates of a line. After differences its first ordinate repeats the last one, as a check, and is not added.</summary>
    public void Add(ReadOnlySpan<char> line)
    {
        var at = 0;
        if (!NextPlain(line, ref at, out var abscissa))
        {
            return;
        }

        if (double.IsNaN(FirstAbscissa))
        {
            FirstAbscissa = abscissa;
        }

        var isCheck = isDifference;
        var before = values.Count;
        while (at < line.Length)
        {
            var symbol = line[at];
            if (symbol is ' ' or '\t' or ',' or ';')
            {
                at++;
            }
            else if (symbol == '?')
            {
                at++;
                Put(double.NaN, false);
            }
            else if (Squeezed(symbol) is { } squeezed)
            {
                Put(Number(line, ref at, squeezed), false);
            }
            else if (Difference(symbol) is { } step)
            {
                difference = Number(line, ref at, step);
                Put(last + difference, true);
            }
            else if (Repetition(symbol) is { } times)
            {
                Repeat((int)Math.Min(Math.Abs(Number(line, ref at, times)), int.MaxValue));
            }
            else if (NextPlain(line, ref at, out var value))
            {
                Put(value, false);
            }
            else
            {
                throw ProblemException.Unreadable($"'{symbol}' at place {at + 1} of a line of ordinates is of none of JCAMP-DX's forms ({values.Count} ordinates before it).");
            }
        }

        if (isCheck && values.Count > before && before > 0)
        {
            values.RemoveAt(before);
        }
    }

    private void Put(double value, bool isStep)
    {
        if (values.Count > most)
        {
            throw ProblemException.Unreadable($"More than {most} ordinates: more than the header promises.");
        }

        values.Add(value);
        (last, isDifference) = (value, isStep);
    }

    /// <summary>The count includes the ordinate that is there already.</summary>
    private void Repeat(int times)
    {
        if (times > most)
        {
            throw ProblemException.Unreadable($"An ordinate is repeated {times} times; the header allows {most} ordinates.");
        }

        for (var i = 1; i < times; i++)
        {
            Put(isDifference ? last + difference : last, isDifference);
        }
    }

    private static char? Squeezed(char symbol) => symbol switch
    {
        '@' => '0',
        >= 'A' and <= 'I' => (char)('1' + symbol - 'A'),
        >= 'a' and <= 'i' => (char)('1' + symbol - 'a' + 128),
        _ => null,
    };

    private static char? Difference(char symbol) => symbol switch
    {
        '%' => '0',
        >= 'J' and <= 'R' => (char)('1' + symbol - 'J'),
        >= 'j' and <= 'r' => (char)('1' + symbol - 'j' + 128),
        _ => null,
    };

    private static char? Repetition(char symbol) => symbol switch { >= 'S' and <= 'Z' => (char)('1' + symbol - 'S'), 's' => '9', _ => null };

    /// <summary>The digits behind a letter; a first digit above 127 stands for a minus sign too.</summary>
    private static double Number(ReadOnlySpan<char> line, ref int at, char first)
    {
        var isNegative = first > 128;
        var value = (double)((isNegative ? first - 128 : first) - '0');
        for (at++; at < line.Length && char.IsAsciiDigit(line[at]); at++)
        {
            value = (10 * value) + (line[at] - '0');
        }

        if (at < line.Length && line[at] == '.')
        {
            var scale = 0.1;
            for (at++; at < line.Length && char.IsAsciiDigit(line[at]); at++, scale /= 10)
            {
                value += scale * (line[at] - '0');
            }
        }

        return isNegative ? -value : value;
    }

    /// <summary>A number with sign, point and exponent. An E begins an exponent only before a sign or two digits: alone it is the SQZ digit 5.</summary>
    internal static bool NextPlain(ReadOnlySpan<char> line, ref int at, out double value)
    {
        var start = at;
        while (start < line.Length && (line[start] is ' ' or '\t'))
        {
            start++;
        }

        var end = start;
        if (end < line.Length && line[end] is '+' or '-')
        {
            end++;
        }

        while (end < line.Length && (char.IsAsciiDigit(line[end]) || line[end] == '.'))
        {
            end++;
        }

        if (end + 2 < line.Length && line[end] is 'e' or 'E' && line[end + 1] is '+' or '-' && char.IsAsciiDigit(line[end + 2]))
        {
            for (end += 2; end < line.Length && char.IsAsciiDigit(line[end]); end++)
            {
            }
        }

        if (!double.TryParse(line[start..end], NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return false;
        }

        at = end;
        return true;
    }
}
