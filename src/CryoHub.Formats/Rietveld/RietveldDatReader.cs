using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Rietveld;

/// <summary>Powder patterns for Rietveld programs (DBWS, FullProf, ILL, PSI): start, step and end of the angle in one of the first lines, then the counts without angles.</summary>
public sealed class RietveldDatReader : IFormatReader
{
    private const int TitleLines = 6;
    private const int LeastPoints = 8;
    private const int MostPoints = 1 << 24;

    public FormatInfo Format { get; } = new(
        "rietveld-dat", "Powder pattern without angles (DBWS, FullProf, ILL, PSI)", [".dat", ".rit", ".cpi"], "counts over 2Theta; standard deviations that follow as a signal of their own",
        "patterns of several detectors in one file", "https://github.com/wojdyr/xylib");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        Format.Extensions.Contains(Path.GetExtension(fileName).ToLowerInvariant()) && TextBytes.LooksLikeText(TextBytes.Head(head)) && Grid.Find([.. TextBytes.Head(head).Split('\n')]) is not null
            ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var lines = (await TextBytes.ReadAsync(file.Name, file.Bytes, ct)).Lines();
        if (Grid.Find(lines) is not { } grid)
        {
            throw ProblemException.Unreadable($"None of the first {TitleLines} lines of {file.Name} begins with start, step and end of an angle and is followed by counts.");
        }

        List<double> numbers = [];
        var line = grid.Line + 1;
        while (line < lines.Count && numbers.Count < 2 * grid.Points && Numbers(lines[line]) is { Count: > 0 } row)
        {
            ct.ThrowIfCancellationRequested();
            numbers.AddRange(row);
            line++;
        }

        if (numbers.Count < grid.Points)
        {
            throw ProblemException.Unreadable($"{file.Name} states {grid.Points} points from {grid.Start} to {grid.End} in steps of {grid.Step}; it holds {numbers.Count} counts.");
        }

        var name = Path.GetFileNameWithoutExtension(file.Name);
        var original = new JsonObject { ["title"] = string.Join('\n', lines.Take(grid.Line).Select(title => title.Trim())), ["range"] = lines[grid.Line].Trim() };
        if (line < lines.Count)
        {
            original["remarks"] = string.Join('\n', lines.Skip(line).Take(100).Select(remark => remark.Trim())).Trim();
        }

        double[] angles = [.. Enumerable.Range(0, grid.Points).Select(i => grid.Start + (i * grid.Step))];
        List<ISignal> signals = [Table(name, "counts", 0)];
        if (numbers.Count == 2 * grid.Points)
        {
            signals.Add(Table($"{name}, standard deviations", "standard deviation", grid.Points));
        }

        return signals;

        ISignal Table(string title, string column, int from) => TableSignal.Of(
            title,
            SignalKind.Trace,
            [new TableColumn("2Theta", "deg", angles), new TableColumn(column, "", numbers.GetRange(from, grid.Points))],
            AcquisitionMetadata.None,
            new MetadataTree(original.DeepClone().AsObject()));
    }

    /// <summary>All numbers of a line of nothing else.</summary>
    private static List<double>? Numbers(string line)
    {
        List<double> numbers = [];
        foreach (var word in line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>Where the angles are stated, and which they are.</summary>
    private sealed record Grid(int Line, double Start, double Step, double End, int Points)
    {
        /// <summary>The first line that begins with a whole number of steps from its first to its third number; counts must follow.</summary>
        public static Grid? Find(IReadOnlyList<string> lines)
        {
            for (var i = 0; i < Math.Min(TitleLines, lines.Count - 1); i++)
            {
                var words = lines[i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                if (words.Length >= 3 && Number(words[0], out var start) && Number(words[1], out var step) && Number(words[2], out var end) && step > 0 && end > start
                    && (end - start) / step is >= LeastPoints and < MostPoints and var steps && Math.Abs(steps - Math.Round(steps)) < 0.01
                    && Numbers(lines[i + 1]) is { Count: >= LeastPoints })
                {
                    return new Grid(i, start, step, end, (int)Math.Round(steps) + 1);
                }
            }

            return null;
        }

        private static bool Number(string word, out double number) => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }
}
