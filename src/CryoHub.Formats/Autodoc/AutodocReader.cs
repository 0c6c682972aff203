using System.Globalization;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Autodoc;

/// <summary>SerialEM's metadata files (.mdoc, .idoc) and navigator maps (.nav) alone: a table of their sections, and the text with every key.</summary>
public sealed class AutodocReader : IFormatReader
{
    // Sections times different keys; beyond, the text alone is shown.
    private const long MostCells = 8 << 20;

    public FormatInfo Format { get; } = new(
        "serialem-autodoc",
        "SerialEM metadata and navigator",
        [".mdoc", ".idoc", ".nav", ".adoc"],
        "A table with a row a section, all keys; beside an MRC file the .mdoc is read with it",
        "navigator files in XML (shown as text)",
        "https://bio3d.colorado.edu/SerialEM/hlp/html/about_formats.htm");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        var text = TextBytes.Head(head);
        if (!TextBytes.LooksLikeText(text) || !Format.Extensions.Contains(Path.GetExtension(fileName).ToLowerInvariant()))
        {
            return Match.No;
        }

        var first = text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0 && line[0] != '#');
        return first is not null && first.Contains('=', StringComparison.Ordinal) && (char.IsAsciiLetter(first[0]) || first[0] == '[') ? Match.Certain : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var bytes = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        var text = AutodocText.Parse(bytes.Lines());
        if (text.Globals.Count + text.Sections.Count == 0)
        {
            throw ProblemException.Unreadable($"{file.Name} has no line of the form key = value.");
        }

        var metadata = Metadata(text);
        var document = DocumentSignal.Of(file.Name, bytes.Utf8, metadata, new MetadataTree(text.ByHeading));
        var keys = text.Sections.SelectMany(section => section.Keys).Select(pair => pair.Key).Distinct().ToList();
        if (text.Sections.Count == 0 || (long)text.Sections.Count * (keys.Count + 1) > MostCells)
        {
            return [document];
        }

        List<TableColumn> columns = [TableColumn.OfCells(text.Sections[0].Kind, "", [.. text.Sections.Select(section => section.Value)])];
        foreach (var key in keys)
        {
            ct.ThrowIfCancellationRequested();
            columns.Add(TableColumn.OfCells(key, "", [.. text.Sections.Select(section => section[key] ?? "")]));
        }

        return [TableSignal.Of(Path.GetFileNameWithoutExtension(file.Name), SignalKind.Table, columns, metadata, new MetadataTree(text.Original)), document];
    }

    private static AcquisitionMetadata Metadata(AutodocText text)
    {
        return new AcquisitionMetadata { BeamEnergyKeV = First("Voltage"), Magnification = First("Magnification"), ExposureS = First("ExposureTime") };

        double? First(string key) =>
            text.Globals.Select(pair => pair).Concat(text.Sections.SelectMany(section => section.Keys)).Where(pair => pair.Key == key)
                .Select(pair => double.TryParse(pair.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : (double?)null)
                .FirstOrDefault(number => number is not null);
    }
}
