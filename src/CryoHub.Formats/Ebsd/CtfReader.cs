using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Ebsd;

/// <summary>Oxford/HKL Channel text files: a header with the phases, then a row a point.</summary>
public sealed class CtfReader : IFormatReader
{
    private static readonly Dictionary<string, string> Units = new() { ["X"] = "µm", ["Y"] = "µm", ["Euler1"] = "deg", ["Euler2"] = "deg", ["Euler3"] = "deg", ["MAD"] = "deg" };

    public FormatInfo Format { get; } = new(
        "ebsd-ctf",
        "EBSD map as text (Oxford .ctf)",
        [".ctf"],
        "Orientations and quality of every point, point or comma as decimal sign; phases and grid as metadata",
        "",
        "https://doi.org/10.1007/s40192-014-0016-1");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        var text = TextBytes.Head(head);
        return TextBytes.LooksLikeText(text) && text.StartsWith("Channel Text File", StringComparison.OrdinalIgnoreCase) ? Match.Certain : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        var original = new JsonObject();
        var at = 0;
        while (text.NextLine(ref at, out var bytes))
        {
            var cells = text.Decode(bytes).Split('\t', StringSplitOptions.TrimEntries);
            switch (cells[0])
            {
                case "Phases":
                    original["phases"] = Phases(text, ref at, cells);
                    break;
                case "Phase":
                    return [Map(file.Name, text, at, cells, original)];
                default:
                    Keep(original, cells);
                    break;
            }
        }

        throw ProblemException.Unreadable($"{file.Name} has no line of column names, which begins with Phase.");
    }

    private static TableSignal Map(string name, TextBytes text, int start, string[] names, JsonObject original)
    {
        var at = start;
        text.NextLine(ref at, out var row);
        var width = Math.Min(names.Length, CellReader.All(row.TrimEnd("\t "u8), (byte)'\t', text.Encoding).Count);   // some programs name more columns than they write
        var decimalSign = row.IndexOf((byte)',') >= 0 ? (byte)',' : (byte)'.';
        var columns = DelimitedTable.Read(text, start, (byte)'\t', [.. names.Take(width).Select(column => new SignalColumn(column, Units.GetValueOrDefault(column, "")))], decimalSign);
        if (columns.Find(column => column.Column.Words is not null) is { } words)
        {
            throw ProblemException.Unreadable($"'{words.Column.Words![0]}' stands in column {words.Column.Name}, where a number was expected.");
        }

        return TableSignal.Of(Path.GetFileNameWithoutExtension(name), SignalKind.EbsdMap, columns, Metadata(original), new MetadataTree(original));
    }

    /// <summary>Lines of one key and its value, and one line of many: <c>Euler angles refer to ... Mag 200 Coverage 100 ...</c></summary>
    private static void Keep(JsonObject original, string[] cells)
    {
        if (cells.Length == 1 && cells[0].Length > 0)
        {
            original[cells[0]] = "";
        }
        else if (cells.Length == 2)
        {
            original[cells[0]] = cells[1];
        }
        else if (cells.Length > 2)
        {
            original[cells[0]] = new JsonArray([.. cells.Skip(1).Select(cell => (JsonNode)JsonValue.Create(cell))]);
            for (var i = 1; i + 1 < cells.Length; i += 2)
            {
                original[cells[i]] = cells[i + 1];
            }
        }
    }

    private static JsonArray Phases(TextBytes text, ref int at, string[] cells)
    {
        var phases = new JsonArray();
        var count = cells.Length > 1 && int.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out var stated) ? stated : 0;
        while (phases.Count < count && text.NextLine(ref at, out var line))
        {
            phases.Add((JsonNode)JsonValue.Create(text.Decode(line).TrimEnd()));   // a;b;c  alpha;beta;gamma  name  Laue group  space group  ...
        }

        return phases;
    }

    private static AcquisitionMetadata Metadata(JsonObject original)
    {
        return new AcquisitionMetadata { BeamEnergyKeV = Number("KV"), Magnification = Number("Mag"), TiltDeg = Number("TiltAngle") };

        double? Number(string key) => original[key] is JsonValue value
            && double.TryParse(value.ToString().Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number != 0 ? number : null;
    }
}
