using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Ebsd;

/// <summary>Orientation maps of EDAX/TSL, ASTAR and EMsoft as text: a header of <c>#</c> lines, then a row a point.</summary>
public sealed class AngReader : IFormatReader
{
    private static readonly SignalColumn[] Tsl =
    [
        new("phi1", "rad"), new("PHI", "rad"), new("phi2", "rad"), new("x", "µm"), new("y", "µm"), new("image quality", ""), new("confidence index", ""), new("phase", ""),
        new("SEM signal", ""), new("fit", "deg"),
    ];

    public FormatInfo Format { get; } = new(
        "ebsd-ang",
        "EBSD map as text (EDAX .ang)",
        [".ang"],
        "Orientations and quality of every point, square and hexagonal grids; phases and grid as metadata",
        "",
        "https://doi.org/10.1007/s40192-014-0016-1");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        var text = TextBytes.Head(head);
        return fileName.EndsWith(".ang", StringComparison.OrdinalIgnoreCase) && TextBytes.LooksLikeText(text) && (text[0] == '#' || PlainNumbers.CountIn(text.Split('\n')[0]) >= 8)
            ? Match.Certain : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        List<string> header = [];
        var (at, start) = (0, 0);
        while (text.NextLine(ref at, out var line) && (line.IsEmpty || line[0] == '#'))
        {
            header.Add(text.Decode(line.TrimStart("#"u8)));
            start = at;
        }

        var original = AngHeader.Parse(header);
        var columns = DelimitedTable.Read(text, start, 0, Names(original, text, start));
        if (columns.Count < 5 || columns.Take(5).Any(column => column.Column.Words is not null))
        {
            throw ProblemException.Unreadable($"{file.Name} has {columns.Count} columns; three angles and a position, as numbers, are expected first.");
        }

        return [TableSignal.Of(Path.GetFileNameWithoutExtension(file.Name), SignalKind.EbsdMap, columns, AcquisitionMetadata.None, new MetadataTree(original))];
    }

    /// <summary>Newer files name their columns; the older ones follow the order above, and what comes after its tenth column depends on the program.</summary>
    private static List<SignalColumn> Names(JsonObject original, TextBytes text, int start)
    {
        var at = start;
        text.NextLine(ref at, out var row);
        var width = CellReader.All(row, 0, text.Encoding).Count;
        var stated = ((string?)original["COLUMN_HEADERS"])?.Split(',', StringSplitOptions.TrimEntries);
        return [.. Enumerable.Range(0, width).Select(i => i < stated?.Length ? new SignalColumn(stated[i], i < 5 ? Tsl[i].Unit : "")
            : stated is null && i < Tsl.Length ? Tsl[i] : new SignalColumn(string.Create(CultureInfo.InvariantCulture, $"column {i + 1}"), ""))];
    }
}
