using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Jcamp;

/// <summary>Points with their own abscissas: <c>(XY..XY)</c>, and lists of peaks with width and assignment.</summary>
internal static class JcampPoints
{
    public static ISignal? Curve(TextBytes text, JcampBlock block, JcampTable table, string name, AcquisitionMetadata metadata, MetadataTree original)
    {
        var variables = JcampVariables.Of(block, table);
        var numbers = Numbers(text, table);
        var count = numbers.Count / 2;
        if (count == 0)
        {
            return null;
        }

        var abscissas = Enumerable.Range(0, count).Select(i => numbers[2 * i] * variables.XFactor).ToArray();
        var axis = new Axis(variables.XName, count, variables.XUnit, JcampVariables.Role(variables.XUnit), Values: abscissas);
        var kind = axis.Role == AxisRole.Time ? SignalKind.Trace : SignalKind.Spectrum;
        return Bytes.Curve.Of(name, kind, axis, [.. Enumerable.Range(0, count).Select(i => numbers[(2 * i) + 1] * variables.YFactor)], variables.YUnit, metadata, original);
    }

    /// <summary>One point a group: in brackets in lists of assignments, a line or the space between semicolons otherwise.</summary>
    public static ISignal? Table(TextBytes text, JcampBlock block, JcampTable table, string name, AcquisitionMetadata metadata, MetadataTree original)
    {
        var letters = table.Point.Where(char.IsLetter).ToArray();
        var rows = new List<string[]>();
        foreach (var group in Groups(text, table))
        {
            rows.Add(group.Split([',', '\t'], letters.Length, StringSplitOptions.TrimEntries));
        }

        if (rows.Count == 0 || letters.Length == 0)
        {
            return null;
        }

        var variables = JcampVariables.Of(block, table);
        var columns = letters.Select((letter, i) =>
        {
            var cells = rows.Select(row => i < row.Length ? row[i].Trim('<', '>', ' ') : "").ToList();
            return letter switch
            {
                'X' => TableColumn.OfCells("x", variables.XUnit, cells),
                'Y' => TableColumn.OfCells("y", variables.YUnit, cells),
                'W' => TableColumn.OfCells("width", variables.XUnit, cells),
                'M' => TableColumn.OfCells("multiplicity", "", cells),
                _ => TableColumn.OfWords("assignment", cells),
            };
        }).ToList();
        return TableSignal.Of(name, SignalKind.Table, columns, metadata, original);
    }

    private static List<double> Numbers(TextBytes text, JcampTable table)
    {
        var numbers = new List<double>();
        var at = table.Start;
        while (at < table.End && text.NextLine(ref at, out var bytes))
        {
            var line = JcampBlock.WithoutComment(text.Decode(bytes)).AsSpan();
            for (var place = 0; place < line.Length;)
            {
                if (line[place] is ' ' or '\t' or ',' or ';' or '\u001A')
                {
                    place++;
                }
                else if (AsdfDecoder.NextPlain(line, ref place, out var number))
                {
                    numbers.Add(number);
                }
                else
                {
                    throw ProblemException.Unreadable($"'{line[place]}' stands where number {numbers.Count + 1} of a list of points was expected.");
                }
            }
        }

        return numbers;
    }

    private static IEnumerable<string> Groups(TextBytes text, JcampTable table)
    {
        var all = JcampText(text, table);
        if (!all.Contains('('))
        {
            return all.Split(['\n', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }

        return all.Split('(').Skip(1).Select(part => part.LastIndexOf(')') is >= 0 and var close ? part[..close] : part).Where(part => part.Trim().Length > 0);
    }

    private static string JcampText(TextBytes text, JcampTable table)
    {
        var lines = new List<string>();
        var at = table.Start;
        while (at < table.End && text.NextLine(ref at, out var bytes))
        {
            lines.Add(JcampBlock.WithoutComment(text.Decode(bytes)));
        }

        return string.Join('\n', lines);
    }
}
