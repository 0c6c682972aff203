using System.Globalization;
using CryoHub.Formats.Bytes;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Jcamp;

/// <summary>JCAMP-DX: spectra, peak tables and NTUPLES of any technique, in one block or many.</summary>
public sealed class JcampReader : IFormatReader
{
    private const int LeastOrdinates = 1 << 16;
    private const int MostOrdinates = 1 << 24;

    private static readonly string[] DateFormats = ["yyyy/MM/dd HH:mm:ss", "yyyy/MM/dd HH:mm:ss.FFF", "yyyy/MM/dd", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd"];

    public FormatInfo Format { get; } = new(
        "jcamp-dx", "JCAMP-DX", [".jdx", ".dx", ".jcm"],
        "XYDATA in all compressed forms (AFFN, PAC, SQZ, DIF, DUP), XYPOINTS, peak tables and assignments, RADATA, NTUPLES, compound files", "chemical structures (JCAMP-CS)",
        "http://www.jcamp-dx.org/protocols.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        var text = TextBytes.Head(head);
        var begin = text.TrimStart('\r', '\n', ' ', '\t');
        return !begin.StartsWith("##", StringComparison.Ordinal) && !begin.StartsWith("$$", StringComparison.Ordinal) ? Match.No
            : text.Contains("##TITLE", StringComparison.OrdinalIgnoreCase) && (text.Contains("##JCAMP", StringComparison.OrdinalIgnoreCase) || Format.Extensions.Contains(Path.GetExtension(fileName).ToLowerInvariant())) ? Match.Certain
            : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        var signals = new List<ISignal>();
        var blocks = JcampBlock.ReadAll(text);
        foreach (var block in blocks)
        {
            foreach (var table in block.Tables)
            {
                ct.ThrowIfCancellationRequested();
                if (Signal(text, block, table, Path.GetFileNameWithoutExtension(file.Name)) is { } signal)
                {
                    signals.Add(signal);
                }
            }
        }

        return signals.Count > 0 ? signals
            : blocks.Count > 0 && text.Length > 0 ? [DocumentSignal.Of(file.Name, text.Decode(text.Span), new MetadataTree((System.Text.Json.Nodes.JsonObject)blocks[0].Tree.DeepClone()))]
            : throw ProblemException.Unreadable($"{file.Name} has no block that begins with ##TITLE=.");
    }

    private static ISignal? Signal(TextBytes text, JcampBlock block, JcampTable table, string fileName)
    {
        var title = block["TITLE"]?.Split('\n')[0] is { Length: > 0 } stated ? stated : fileName;
        var name = table.Page.Length > 0 ? $"{title}, {table.Page}" : title;
        var original = new MetadataTree(block.Tree.DeepClone().AsObject());
        var metadata = new AcquisitionMetadata { AcquiredAt = Moment(block), Instrument = block["SPECTROMETER/DATASYSTEM"] ?? block["SPECTROMETERDATASYSTEM"] };
        return table.IsSeries ? Series(text, block, table, name, metadata, original)
            : table.Label.Contains("ASSIGNMENTS", StringComparison.Ordinal) || table.Point.Length > 2 ? JcampPoints.Table(text, block, table, name, metadata, original)
            : JcampPoints.Curve(text, block, table, name, metadata, original);
    }

    /// <summary>Ordinates at even distances from FIRSTX to LASTX; the abscissas at the beginnings of lines are rounded and serve as a check only.</summary>
    private static ISignal? Series(TextBytes text, JcampBlock block, JcampTable table, string name, AcquisitionMetadata metadata, MetadataTree original)
    {
        var variables = JcampVariables.Of(block, table);
        var decoder = new AsdfDecoder((int)Math.Min(MostOrdinates, Math.Max(LeastOrdinates, (variables.Count ?? 0) + 1)));
        var at = table.Start;
        while (at < table.End && text.NextLine(ref at, out var line))
        {
            decoder.Add(JcampBlock.WithoutComment(text.Decode(line)).Trim('\u001A', ' ', '\t'));
        }

        var values = decoder.Values;
        if (variables.Count is { } promised && values.Count > promised && promised > 0)
        {
            values = [.. values.Take((int)promised)];
        }

        if (values.Count == 0)
        {
            return null;
        }

        var first = variables.First ?? (decoder.FirstAbscissa * variables.XFactor);
        var last = variables.Last;
        var step = values.Count > 1 && last is not null && variables.Count == values.Count ? (last.Value - first) / (values.Count - 1) : variables.Step ?? (values.Count > 1 && last is not null ? (last.Value - first) / (values.Count - 1) : 1);
        var axis = new Axis(variables.XName, values.Count, variables.XUnit, JcampVariables.Role(variables.XUnit), step, double.IsFinite(first) ? first : 0);
        return Curve.Of(name, axis.Role == AxisRole.Time ? SignalKind.Trace : SignalKind.Spectrum, axis, [.. values.Select(value => value * variables.YFactor)], variables.YUnit, metadata, original);
    }

    /// <summary>LONGDATE is of the standard's version 5; earlier dates are in many orders and left to the tree, unless the year comes first.</summary>
    private static string? Moment(JcampBlock block) =>
        (block["LONGDATE"] ?? block["LONGDATE"] ?? block["DATE"]) is { } stated
            && DateTime.TryParseExact(stated.Split('\n')[0].Trim(), DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment.ToString("s", CultureInfo.InvariantCulture) : null;
}
