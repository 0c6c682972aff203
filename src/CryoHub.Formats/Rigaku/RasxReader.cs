using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CryoHub.Formats.Text;
using CryoHub.Formats.Xml;
using CryoHub.Formats.Zip;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Rigaku;

/// <summary>Rigaku SmartLab Studio: a zip archive with a profile and its conditions for every scan.</summary>
public sealed partial class RasxReader : IFormatReader
{
    private const int MostScans = 10_000;

    public FormatInfo Format { get; } = new(
        "rigaku-rasx", "Rigaku RASX", [".rasx"], "every profile: positions, intensities and attenuation factors, with axes, optics and X-ray source as metadata",
        "images of area detectors", "https://github.com/aboulle/rigaku_to_xy");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        head.StartsWith("PK\u0003\u0004"u8) && fileName.EndsWith(".rasx", StringComparison.OrdinalIgnoreCase) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var archive = await ZipDirectory.ReadAsync(file.Bytes, ct);
        var profiles = archive.Members.Select(member => Profile().Match(member.Name)).Where(found => found.Success)
            .OrderBy(found => int.Parse(found.Groups["data"].ValueSpan)).ThenBy(found => int.Parse(found.Groups["profile"].ValueSpan)).Take(MostScans).ToList();
        if (profiles.Count == 0)
        {
            throw ProblemException.Unreadable($"{file.Name} has no Data0/Profile0.txt; its members are {string.Join(", ", archive.Members.Take(8).Select(member => member.Name))}.");
        }

        var name = Path.GetFileNameWithoutExtension(file.Name);
        List<ISignal> signals = [];
        foreach (var profile in profiles)
        {
            ct.ThrowIfCancellationRequested();
            var text = TextBytes.Of(await archive.TakeAsync(profile.Value, ct));
            var folder = profile.Groups["data"].Value;
            var conditions = await archive.TakeAsync($"Data{folder}/MesurementConditions{profile.Groups["profile"].Value}.xml", ct);   // misspelt by the program that writes it
            var tree = conditions is null ? [] : new JsonObject { ["MeasurementConditions"] = XmlJson.Convert(SafeXml.Parse(conditions, profile.Value)) };
            var columns = DelimitedTable.Read(text, 0, (byte)'\t', Names(tree));
            var scan = profiles.Count == 1 ? name : FormattableString.Invariant($"{name}, scan {signals.Count + 1}");
            signals.Add(TableSignal.Of(scan, SignalKind.Trace, columns, Metadata(tree), new MetadataTree(tree)));
        }

        return signals;
    }

    private static SignalColumn[] Names(JsonObject tree)
    {
        var scan = tree["MeasurementConditions"] is JsonObject conditions ? conditions["ScanInformation"] as JsonObject : null;
        return
        [
            new(Said(scan, "AxisName", "position"), Said(scan, "PositionUnit", "")),
            new("intensity", Said(scan, "IntensityUnit", "")),
            new("attenuation factor", ""),
        ];
    }

    private static AcquisitionMetadata Metadata(JsonObject tree)
    {
        var conditions = tree["MeasurementConditions"] as JsonObject;
        return new()
        {
            Instrument = Said(conditions?["GeneralInformation"] as JsonObject, "SystemName", "") is { Length: > 0 } system ? system : null,
            AcquiredAt = Said(conditions?["ScanInformation"] as JsonObject, "StartTime", "") is { Length: > 0 } start ? start : null,
        };
    }

    private static string Said(JsonObject? group, string key, string otherwise) => group?[key] is JsonValue value && value.ToString() is { Length: > 0 } said ? said : otherwise;

    [GeneratedRegex(@"^Data(?<data>\d{1,6})/Profile(?<profile>\d{1,6})\.txt$")]
    private static partial Regex Profile();
}
