using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Nexus;

/// <summary>The fields of the base classes that the contract knows: the first of its name in a group of the right class, with its unit.</summary>
internal static class NexusMetadata
{
    private const int Deepest = 32;

    public static AcquisitionMetadata Of(JsonObject root)
    {
        var metadata = new AcquisitionMetadata();
        Visit(root, 0, group => metadata = Merge(metadata, group));
        return metadata;
    }

    private static void Visit(JsonObject group, int depth, Action<JsonObject> visit)
    {
        visit(group);
        foreach (var child in group.Select(member => member.Value).OfType<JsonObject>().Where(child => depth < Deepest && child.Count > 0))
        {
            Visit(child, depth + 1, visit);
        }
    }

    private static AcquisitionMetadata Merge(AcquisitionMetadata known, JsonObject group) => group["NX_class"]?.ToString() switch
    {
        "NXentry" => known with { AcquiredAt = known.AcquiredAt ?? Text(group, "start_time") },
        "NXinstrument" or "NXem_instrument" => known with { Instrument = known.Instrument ?? Text(group, "name") },
        "NXdetector" => known with
        {
            Detector = known.Detector ?? Text(group, "description") ?? Text(group, "local_name"),
            ExposureS = known.ExposureS ?? Seconds(group, "count_time"),
        },
        "NXebeam_column" or "NXelectron_source" or "NXsource" when IsElectronColumn(group) => known with { BeamEnergyKeV = known.BeamEnergyKeV ?? KiloVolts(group, "voltage") ?? KiloVolts(group, "energy") },
        "NXem_optical_system" or "NXoptical_system_em" => known with
        {
            Magnification = known.Magnification ?? Number(group, "magnification"),
            ConvergenceMrad = known.ConvergenceMrad ?? MilliRadian(group, "semi_convergence_angle"),
        },
        _ => known,
    };

    // An XPS instrument has an X-ray source and a flood gun.
    private static bool IsElectronColumn(JsonObject group) => group["NX_class"]?.ToString() != "NXsource" || Text(group, "probe") == "electron" || Text(group, "type")?.Contains("Electron Microscope", StringComparison.OrdinalIgnoreCase) == true;

    private static string? Text(JsonObject group, string name) => Only(group[name]) is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    private static double? Number(JsonObject group, string name) =>
        Only(group[name]) is JsonValue value && value.GetValueKind() == JsonValueKind.Number && double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) is var number && double.IsFinite(number) ? number : null;

    private static double? Seconds(JsonObject group, string name) => Unit(group, name) switch { "s" => Number(group, name), "ms" => Number(group, name) / 1e3, _ => null };

    private static double? KiloVolts(JsonObject group, string name) => Unit(group, name) switch { "kV" or "keV" => Number(group, name), "V" or "eV" => Number(group, name) / 1e3, _ => null };

    private static double? MilliRadian(JsonObject group, string name) => Unit(group, name) switch { "mrad" => Number(group, name), "rad" => Number(group, name) * 1e3, _ => null };

    private static string? Unit(JsonObject group, string name) => group[$"{name}@units"]?.ToString();

    private static JsonNode? Only(JsonNode? node) => node is JsonArray { Count: 1 } list ? list[0] : node;
}
