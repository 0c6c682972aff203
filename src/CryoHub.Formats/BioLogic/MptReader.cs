using System.Globalization;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.BioLogic;

/// <summary>EC-Lab's and BT-Lab's text: exported tables (.mpt, .txt) and files of settings (.mps).</summary>
public sealed class MptReader : IFormatReader
{
    private const int MostHeaderLines = 100_000;

    public FormatInfo Format { get; } = new(
        "biologic-mpt", "BioLogic EC-Lab, text", [".mpt", ".mps"],
        "Exported tables with point or comma as decimal sign, in UTF-8, UTF-16 or Latin-1, and the lines above them; files of settings as text", "",
        "https://www.biologic.net/documents/ec-lab-file-formats/");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        var text = TextBytes.Head(head);
        return StartsWithAny(text, "EC-Lab ASCII FILE", "BT-Lab ASCII FILE", "EC-LAB SETTING FILE", "BT-LAB SETTING FILE") ? Match.Certain : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        var name = Path.GetFileNameWithoutExtension(file.Name);
        var lines = text.Lines(MostHeaderLines);
        if (lines.Count == 0 || StartsWithAny(lines[0], "EC-LAB SETTING", "BT-LAB SETTING"))
        {
            return [DocumentSignal.Of(name, text.Decode(text.Span), new MetadataTree(EcLabHeader.Tree(lines.Skip(1))))];
        }

        var count = HeaderLines(lines, file.Name);
        lines.RemoveRange(count, lines.Count - count);
        var original = new MetadataTree(EcLabHeader.Tree(lines.Take(count - 1)));
        var metadata = new AcquisitionMetadata { AcquiredAt = EcLabHeader.StartedAt(lines) };
        var names = lines[count - 1].TrimEnd('\t', ' ').Split('\t', StringSplitOptions.TrimEntries).Select(EcLabColumn.Of).ToList();
        var start = text.StartOf(count);
        var columns = DelimitedTable.Read(text, start, (byte)'\t', names, DecimalSign(text, start));
        if (columns.Count == 0 || columns[0].Numbers.Count == 0)
        {
            return [DocumentSignal.Of(name, text.Decode(text.Span), metadata, original)];     // a technique that records nothing, as "Wait"
        }

        var kind = names.Any(column => column.Name == "time/s") && names.All(column => column.Name != "freq/Hz") ? SignalKind.Trace : SignalKind.Table;
        return [TableSignal.Of(name, kind, columns, metadata, original)];
    }

    private static bool StartsWithAny(string text, params string[] starts) => starts.Any(start => text.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    /// <summary>"Nb header lines : 66" counts all lines up to and with the names of the columns.</summary>
    private static int HeaderLines(List<string> lines, string name)
    {
        var stated = lines.Count > 1 && lines[1].Split(':') is [_, var number] ? number.Trim() : "";
        return int.TryParse(stated, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 2 && count <= lines.Count
            ? count
            : throw ProblemException.Unreadable($"{name} says '{stated}' for its number of header lines; it has {lines.Count} lines.");
    }

    /// <summary>The program writes numbers as the computer's language does: a comma in a row without points is the decimal sign.</summary>
    private static byte DecimalSign(TextBytes text, int start)
    {
        for (var rows = 0; rows < 100 && text.NextLine(ref start, out var line); rows++)
        {
            if (line.Contains((byte)'.'))
            {
                return (byte)'.';
            }

            if (line.Contains((byte)','))
            {
                return (byte)',';
            }
        }

        return (byte)'.';
    }
}
