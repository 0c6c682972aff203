using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.AtomProbe;

/// <summary>Which mass belongs to which ion: .rng (ORNL) and .rrng (IVAS) range files.</summary>
public sealed class RangeReader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "atom-probe-ranges",
        "Atom probe ranges",
        [".rng", ".rrng"],
        "Ranges of mass to charge with the atoms of each ion; polyatomic extension as a table of its own",
        "",
        "https://doi.org/10.1007/978-1-4614-8721-0");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        var text = TextBytes.Head(head);
        var ending = Path.GetExtension(fileName).ToLowerInvariant();
        if (!TextBytes.LooksLikeText(text))
        {
            return Match.No;
        }

        return ending == ".rrng" && (text.Contains("[Ions]", StringComparison.OrdinalIgnoreCase) || text.Contains("[Ranges]", StringComparison.OrdinalIgnoreCase)) ? Match.Certain
            : ending == ".rng" && Counts(text.Split('\n')[0]) is not null ? Match.Certain : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var lines = (await TextBytes.ReadAsync(file.Name, file.Bytes, ct)).Lines();
        var name = Path.GetFileNameWithoutExtension(file.Name);
        if (Counts(lines.Count > 0 ? lines[0] : "") is null)
        {
            return [RrngTable.Read(name, lines)];
        }

        var extension = lines.FindIndex(line => line.StartsWith("--- polyatomic", StringComparison.OrdinalIgnoreCase));
        List<ISignal> signals = [Table(name, lines.GetRange(0, extension < 0 ? lines.Count : extension))];
        if (extension >= 0)
        {
            signals.Add(Table($"{name} polyatomic extension", lines.GetRange(extension + 1, lines.Count - extension - 1)));
        }

        return signals;
    }

    /// <summary>Number of ions and of ranges, as the first line states them.</summary>
    private static (int Ions, int Ranges)? Counts(string line) =>
        line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var ions, var ranges] && int.TryParse(ions, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
        && int.TryParse(ranges, NumberStyles.None, CultureInfo.InvariantCulture, out var r) && i > 0 ? (i, r) : null;

    /// <summary>Counts, two lines an ion (name; symbol and colour), a dashed line, then the ranges: <c>. low high n1 n2 ...</c></summary>
    private static TableSignal Table(string name, List<string> lines)
    {
        var rows = lines.Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 0).ToList();
        var (ionCount, rangeCount) = Counts(rows.Count > 0 ? string.Join(' ', rows[0]) : "") ?? throw ProblemException.Unreadable($"{name} does not begin with the number of its ions and ranges.");
        var dashes = rows.FindIndex(words => words[0].StartsWith("---", StringComparison.Ordinal));
        if (dashes != 1 + (2 * ionCount))
        {
            throw ProblemException.Unreadable($"{name} promises {ionCount} ions on {2 * ionCount} lines; {Math.Max(0, dashes - 1)} stand before the ranges.");
        }

        var ranges = rows.Skip(dashes + 1).Where(words => words[0] == ".").Select(words => Range(words, ionCount)).ToList();
        if (ranges.Count < rangeCount || ranges.Count == 0)
        {
            throw ProblemException.Unreadable($"{name} promises {rangeCount} ranges; {ranges.Count} were found.");
        }

        List<string> ions = [.. Enumerable.Range(0, ionCount).Select(i => rows[1 + (2 * i)][0])];
        var colours = new JsonArray([.. Enumerable.Range(0, ionCount).Select(i => (JsonNode)new JsonObject { ["name"] = string.Join(' ', rows[1 + (2 * i)]), ["symbol and colour"] = string.Join(' ', rows[2 + (2 * i)]) })]);
        List<TableColumn> columns = [new("low", "Da", [.. ranges.Select(range => range[0])]), new("high", "Da", [.. ranges.Select(range => range[1])])];
        columns.AddRange(ions.Select((ion, i) => new TableColumn(ion, "", [.. ranges.Select(range => range[2 + i])])));
        return TableSignal.Of(name, SignalKind.Table, columns, AcquisitionMetadata.None, new MetadataTree(new JsonObject { ["ions"] = colours }));
    }

    private static double[] Range(string[] words, int ions)
    {
        var numbers = new double[2 + ions];
        if (words.Length < numbers.Length + 1)
        {
            throw ProblemException.Unreadable($"A range holds {words.Length - 1} numbers; two limits and {ions} counts are expected.");
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            if (!double.TryParse(words[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                throw ProblemException.Unreadable($"'{words[i + 1]}' stands where a number of a range was expected.");
            }
        }

        return numbers;
    }
}
