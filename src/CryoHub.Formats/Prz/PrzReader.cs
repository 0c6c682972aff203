using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CryoHub.Formats.Npy;
using CryoHub.Formats.Zip;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Prz;

/// <summary>Panta Rhei of CEOS: a NumPy archive with the data and, as JSON, its description.</summary>
public sealed class PrzReader : IFormatReader
{
    private const long LongestDescription = 64 << 20;

    public FormatInfo Format { get; } = new(
        "prz",
        "CEOS Panta Rhei",
        [".prz"],
        "images, stacks and spectra with calibration and all metadata (JSON, since version 24.03)",
        "metadata of older versions, which is Python code (pickle): their data are read uncalibrated",
        "https://hyperspy.org/rosettasciio/supported_formats/pantarhei.html");

    // 0: "PK", 2: 3 and 4 for a file; the ending tells it from other zip archives
    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        head.StartsWith("PK\u0003\u0004"u8) && fileName.EndsWith(".prz", StringComparison.OrdinalIgnoreCase) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var directory = await ZipDirectory.ReadAsync(file.Bytes, ct);
        var member = directory.Find("data.npy") ?? throw ProblemException.Unreadable($"{file.Name} holds no data.npy.");
        var source = await directory.OpenAsync(member, ct);
        var header = await NpyHeader.ReadAsync(source, member.Name, ct);
        var meta = await DescriptionAsync(directory, ct);
        var axes = PrzAxes.Of(header.Shape, meta);
        var name = Text(meta, "repo_id") is { Length: > 0 } id ? id.Split('.')[0] : Path.GetFileNameWithoutExtension(file.Name);
        var original = meta.DeepClone().AsObject();
        return [PrzAxes.Ordered(NpyArray.Open(name, header, source, axes.Stored, axes.Kind, Metadata(meta), new MetadataTree(original)), axes)];
    }

    /// <summary>A single text that holds a JSON list of one object; empty where the file has none.</summary>
    private static async Task<JsonObject> DescriptionAsync(ZipDirectory directory, CancellationToken ct)
    {
        if (directory.Find("meta_data_json.npy") is not { } member)
        {
            return [];
        }

        var source = await directory.OpenAsync(member, ct);
        var header = await NpyHeader.ReadAsync(source, member.Name, ct);
        if (header.Shape.Count > 1 || source.Length - header.DataOffset > LongestDescription || header.Type.ToString() is not ['<' or '>', 'U', ..])
        {
            throw ProblemException.Unreadable($"The description is an array of type {header.Type} and {source.Length} bytes; one text is expected.");
        }

        var bytes = await source.ReadBlockAsync(header.DataOffset, source.Length - header.DataOffset, ct);
        var text = new UTF32Encoding(bigEndian: header.Type.ToString()[0] == '>', byteOrderMark: false).GetString(bytes).TrimEnd('\0');
        try
        {
            return JsonNode.Parse(text) switch
            {
                JsonArray { Count: > 0 } list when list[0] is JsonObject only => only.DeepClone().AsObject(),
                JsonObject only => only,
                _ => [],
            };
        }
        catch (JsonException broken)
        {
            throw ProblemException.Unreadable($"The description is no JSON: {broken.Message}", broken);
        }
    }

    private static AcquisitionMetadata Metadata(JsonObject meta)
    {
        var voltage = Number(meta, "electron_gun.voltage");
        var shift = Number(meta, "filter.ht_offset") ?? Number(meta, "electron_gun.voltage_offset") ?? 0;
        var driver = Text(meta, "source.type") == "scan_generator" ? "scan_driver" : "projector";
        return new AcquisitionMetadata
        {
            BeamEnergyKeV = voltage is > 0 ? (voltage + shift) / 1000 : null,
            Magnification = Number(meta, $"{driver}.magnification"),
            ConvergenceMrad = Number(meta, "condenser.convergence_semi_angle") * 1000,
            CollectionMrad = Number(meta, "filter.collection_semi_angle") * 1000,
            ExposureS = Number(meta, "camera.exposure") ?? Number(meta, "scan_generator.dwell_time"),
            Detector = Text(meta, "scan_generator.detector"),
            AcquiredAt = Text(meta, "acquisition.time") ?? Text(meta, "camera.time"),
        };
    }

    private static string? Text(JsonObject meta, string key) => (meta[key] as JsonValue)?.TryGetValue(out string? text) == true ? text : null;

    private static double? Number(JsonObject meta, string key) =>
        meta[key] is JsonValue value && value.GetValueKind() == JsonValueKind.Number
            && double.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
