using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.PlainText;

/// <summary>Rows of numbers among remarks, as instruments write spectra: keys and values above, perhaps several regions with remarks of their own.</summary>
internal sealed partial class NumberRuns
{
    private const int LeastRows = 8;
    private const int MostRuns = 1000;
    private const int MostRemarks = 100_000;

    // Fewer rows than this part of the lines are numbers in prose.
    private const double LeastPart = 0.5;

    private readonly TextBytes rows;
    private readonly byte delimiter;
    private readonly List<Run> runs;
    private readonly List<string> after;

    private NumberRuns(TextBytes rows, byte delimiter, List<Run> runs, List<string> after) => (this.rows, this.delimiter, this.runs, this.after) = (rows, delimiter, runs, after);

    /// <summary><c>null</c> where the text is none: lines of numbers have different lengths, or are few.</summary>
    public static NumberRuns? Find(TextBytes text)
    {
        using var kept = new MemoryStream();
        List<Run> runs = [];
        List<string> remarks = [];
        var (at, width, lines, characters) = (0, 0, 0, 0);
        byte delimiter = 0;
        while (text.NextLine(ref at, out var line))
        {
            if (line.Trim(" \t"u8).IsEmpty)
            {
                continue;
            }

            lines++;
            var count = Numbers(line, delimiter);
            if (width == 0 && count == 0)
            {
                delimiter = Delimiter(line);
                count = Numbers(line, delimiter);
            }

            if (count < 2)
            {
                characters += line.Length;
                remarks.Add(text.Decode(line));
                if (characters > MostRemarks * 10 || remarks.Count > MostRemarks)
                {
                    return null;
                }

                continue;
            }

            if (width > 0 && count != width)
            {
                return null;
            }

            width = count;
            if (runs.Count == 0 || remarks.Count > 0)
            {
                runs.Add(new Run((int)kept.Length, remarks));
                remarks = [];
            }

            runs[^1].Rows++;
            kept.Write(line);
            kept.WriteByte((byte)'\n');
        }

        var all = runs.Sum(run => run.Rows);
        return all < LeastRows || all < LeastPart * lines ? null : new NumberRuns(TextBytes.Of(kept.ToArray()), delimiter, runs, remarks);
    }

    /// <summary>All rows as a table; where remarks part them, each run as a signal too.</summary>
    public IReadOnlyList<ISignal> Signals(string name)
    {
        List<ISignal> signals = [Table(name, SignalKind.Table, 0, int.MaxValue, [.. runs.SelectMany(run => run.Remarks), .. after])];
        if (runs.Count is > 1 and <= MostRuns && runs.TrueForAll(run => run.Rows >= LeastRows))
        {
            signals.AddRange(runs.Select((run, i) => Table($"{name}, {Region(run) ?? FormattableString.Invariant($"part {i + 1}")}", SignalKind.Trace, run.Start, run.Rows, run.Remarks)));
        }

        return signals;
    }

    private TableSignal Table(string name, SignalKind kind, int start, int count, IReadOnlyList<string> remarks)
    {
        var tree = KeyValueText.Parse(remarks.Select(remark => remark.TrimStart('#', '%', '!', ';', '/', '*', ' ')));
        tree["comments"] = string.Join('\n', remarks);
        var labels = Labels(remarks);
        var columns = DelimitedTable.Read(rows, start, delimiter, labels, mostRows: count)
            .Select((column, i) => column.Column.Name.Length > 0 ? column : column with { Column = column.Column with { Name = FormattableString.Invariant($"column {i + 1}") } });
        return TableSignal.Of(name, kind, [.. columns], AcquisitionMetadata.None, new MetadataTree(tree));
    }

    /// <summary>Names as SPECS programs write them: <c># ColumnLabels: energy counts/s scaling</c>.</summary>
    private List<SignalColumn> Labels(IReadOnlyList<string> remarks)
    {
        var width = Numbers(rows.Span[..Math.Max(0, rows.Span.IndexOf((byte)'\n'))], delimiter);
        string[] words = remarks.Select(remark => ColumnLabels().Match(remark)).FirstOrDefault(found => found.Success)?.Groups["names"].Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
        return words.Length == width ? [.. words.Select(word => new SignalColumn(word, ""))] : [];
    }

    private static string? Region(Run run) => run.Remarks.Select(remark => RegionName().Match(remark)).LastOrDefault(found => found.Success)?.Groups["name"].Value is { Length: > 0 } region ? region : null;

    /// <summary>Numbers in a line of nothing else; 0 where anything else stands there.</summary>
    private static int Numbers(ReadOnlySpan<byte> line, byte delimiter)
    {
        var count = 0;
        for (var cells = new CellReader(line, delimiter); cells.Next();)
        {
            if (cells.Cell.IsEmpty || !cells.TryNumber((byte)'.', out _))
            {
                return 0;
            }

            count++;
        }

        return count;
    }

    private static byte Delimiter(ReadOnlySpan<byte> line) => line.IndexOf((byte)';') >= 0 ? (byte)';' : line.IndexOf((byte)',') >= 0 ? (byte)',' : (byte)0;

    [GeneratedRegex(@"ColumnLabels:\s*(?<names>.+)")]
    private static partial Regex ColumnLabels();

    [GeneratedRegex(@"Region(?: Name)?\s*[:=]\s*(?<name>\S.{0,79})")]
    private static partial Regex RegionName();

    private sealed class Run(int start, List<string> remarks)
    {
        public int Start => start;

        public List<string> Remarks => remarks;

        public int Rows { get; set; }
    }
}
