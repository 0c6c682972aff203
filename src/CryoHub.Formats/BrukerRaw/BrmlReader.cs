using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CryoHub.Formats.Xml;
using CryoHub.Formats.Zip;
using CryoHub.Imaging;

namespace CryoHub.Formats.BrukerRaw;

/// <summary>Bruker Diffrac.Suite: a zip archive with the raw data of one or several experiments as XML.</summary>
public sealed partial class BrmlReader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "bruker-brml", "Bruker powder diffraction (.brml)", [".brml"], "every route of every experiment: times, angles and counters in columns; description and instrument as metadata",
        "frames of area detectors", "https://github.com/aboulle/DxTools");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        head.StartsWith("PK\u0003\u0004"u8) && fileName.EndsWith(".brml", StringComparison.OrdinalIgnoreCase) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var archive = await ZipDirectory.ReadAsync(file.Bytes, ct);
        var parts = archive.Members.Select(member => RawData().Match(member.Name)).Where(found => found.Success)
            .OrderBy(found => int.Parse(found.Groups["experiment"].ValueSpan)).ThenBy(found => int.Parse(found.Groups["part"].ValueSpan)).ToList();
        if (parts.Count == 0)
        {
            throw ProblemException.Unreadable($"{file.Name} has no Experiment0/RawData0.xml; its members are {string.Join(", ", archive.Members.Take(8).Select(member => member.Name))}.");
        }

        var name = Path.GetFileNameWithoutExtension(file.Name);
        List<ISignal> signals = [];
        foreach (var part in parts)
        {
            ct.ThrowIfCancellationRequested();
            var about = new JsonObject();
            var container = $"Experiment{part.Groups["experiment"].Value}/DataContainer.xml";
            if (await archive.TakeAsync(container, ct) is { } xml)
            {
                about["DataContainer"] = XmlJson.Convert(SafeXml.Parse(xml, container));
            }

            var title = parts.Count == 1 ? name : $"{name}, experiment {part.Groups["experiment"].Value}, part {part.Groups["part"].Value}";
            signals.AddRange(RawDataXml.Read(await archive.TakeAsync(part.Value, ct), title, about));
        }

        return signals;
    }

    [GeneratedRegex(@"^Experiment(?<experiment>\d{1,6})/RawData(?<part>\d{1,6})\.xml$")]
    private static partial Regex RawData();
}
