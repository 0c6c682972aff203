using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.BrukerRaw;

/// <summary>Siemens' and Bruker's powder patterns as text (.uxd): keys of the file, then ranges, each with keys of its own and its counts.</summary>
public sealed class UxdReader : IFormatReader
{
    private const int MostRanges = 10_000;

    public FormatInfo Format { get; } = new(
        "bruker-uxd", "Bruker powder diffraction as text", [".uxd"], "every range: counts or counts a second, with their angles or in even steps; all keys", "", "https://github.com/wojdyr/xylib");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.IndexOf("_FILEVERSION"u8) >= 0 && head.IndexOf("\n_"u8) >= 0 && (fileName.EndsWith(".uxd", StringComparison.OrdinalIgnoreCase) || head.IndexOf("_STEPSIZE"u8) >= 0)
        ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        var (common, ranges) = (new JsonObject(), new List<Range>());
        var isRange = false;
        var at = 0;
        while (text.NextLine(ref at, out var bytes))
        {
            ct.ThrowIfCancellationRequested();
            var line = text.Decode(bytes).Trim();
            if (line.Length == 0 || line[0] == ';')
            {
                continue;
            }

            if (line[0] != '_')
            {
                (ranges is [.., var last] && isRange ? last : throw ProblemException.Unreadable($"{file.Name} has numbers ({Short(line)}) before it says what they are.")).Add(line);
            }
            else if (line.IndexOf('=') is > 0 and var sign)
            {
                var key = line[1..sign].Trim();
                if (key.Equals("DRIVE", StringComparison.OrdinalIgnoreCase) || (ranges.Count > 0 && isRange && ranges[^1].Numbers.Count > 0))
                {
                    Begin();
                    isRange = false;
                }

                (ranges is [.., { Numbers.Count: 0 } open] ? open.Keys : common)[key] = line[(sign + 1)..].Trim().Trim('\'');
            }
            else
            {
                if (ranges is not [.., { Numbers.Count: 0 }])
                {
                    Begin();
                }

                (ranges[^1].What, isRange) = (line[1..].ToUpperInvariant(), true);
            }
        }

        ranges.RemoveAll(range => range.Numbers.Count == 0);
        var name = Path.GetFileNameWithoutExtension(file.Name);
        return ranges.Count > 0 ? [.. ranges.Select((range, i) => range.Signal(PowderPattern.Name(name, i + 1, ranges.Count), common))] : throw ProblemException.Unreadable($"{file.Name} has keys, but no counts.");

        void Begin()
        {
            ranges.Add(ranges.Count < MostRanges ? new Range() : throw ProblemException.Unreadable($"{file.Name} has more than {MostRanges} ranges."));
        }
    }

    private static string Short(string line) => line[..Math.Min(40, line.Length)];

    private sealed class Range
    {
        public JsonObject Keys { get; } = [];

        public List<double> Numbers { get; } = [];

        /// <summary>COUNTS, CPS, 2THETACOUNTS or 2THETACPS.</summary>
        public string What { get; set; } = "";

        public void Add(string line)
        {
            foreach (var word in line.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries))
            {
                Numbers.Add(double.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number : throw ProblemException.Unreadable($"Among the counts stands {Short(line)}."));
            }
        }

        public ISignal Signal(string name, JsonObject common)
        {
            var original = new JsonObject { ["file"] = common.DeepClone(), ["range"] = Keys.DeepClone() };
            var seconds = Key("STEPTIME");
            if (!What.StartsWith("2THETA", StringComparison.Ordinal))
            {
                var start = Key("START");
                return PowderPattern.Of(name, double.IsNaN(start) ? Key("2THETA") : start, Key("STEPSIZE"), [.. Numbers], seconds, original);
            }

            return Numbers.Count % 2 == 0 ? PowderPattern.Of(name, [.. Numbers.Where((_, i) => i % 2 == 0)], [.. Numbers.Where((_, i) => i % 2 == 1)], seconds, original)
                : throw ProblemException.Unreadable($"{name} has {Numbers.Count} numbers; angles and counts make an even number.");
        }

        private double Key(string key) => double.TryParse((string?)Keys[key], CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
    }
}
