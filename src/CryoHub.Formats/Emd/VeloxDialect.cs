using System.Text.Json;
using System.Text.Json.Nodes;
using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.Emd;

/// <summary>Thermo Fisher's Velox: groups of /Data by kind, one member each for an image, a spectrum or a detector's stream, metadata as JSON text.</summary>
internal static class VeloxDialect
{
    public static bool Knows(Hdf5File file) => file.IsGroup("Data") && file.Text("Version") is { } version && version.Contains("Velox", StringComparison.Ordinal);

    public static IReadOnlyList<ISignal> Open(Hdf5File file)
    {
        var labels = Labels(file);
        var signals = new List<ISignal>();
        foreach (var spectrum in file.Members("Data/Spectrum"))
        {
            AddSpectrum(file, $"Data/Spectrum/{spectrum}", signals);
        }

        foreach (var image in file.Members("Data/Image"))
        {
            AddImage(file, image, labels.GetValueOrDefault(image), signals);
        }

        VeloxEels.Add(file, signals);
        VeloxStreams.Add(file, signals);
        return signals;
    }

    private static void AddSpectrum(Hdf5File file, string path, List<ISignal> signals)
    {
        if (file.Dataset($"{path}/Data") is { Pixel: { } pixel, Shape: [var channels, var count], Count: > 0 } data)
        {
            var metadata = VeloxMetadata.Read(file, path);
            var stack = count > 1 ? new Axis[] { new("frame", count, "", AxisRole.Frame) } : [];
            var header = new SignalHeader(
                $"EDS {metadata.DetectorName}".Trim(), count > 1 ? SignalKind.SpectrumLine : SignalKind.Spectrum, pixel, [.. stack, metadata.Energy(channels)], metadata.Acquisition, metadata.Tree);
            signals.Add(new Hdf5Signal(file, header, data, count > 1 ? [1, 0] : [0]));
        }
    }

    private static void AddImage(Hdf5File file, string key, string? label, List<ISignal> signals)
    {
        var path = $"Data/Image/{key}";
        if (file.Dataset($"{path}/Data") is not { Pixel: { } pixel, Shape: [var height, var width, var frames], Count: > 0 } data)
        {
            return;
        }

        var metadata = VeloxMetadata.Read(file, path);
        var (y, x) = (metadata.Y(height), metadata.X(width));
        var name = label ?? metadata.DetectorName;
        var single = y.Role == AxisRole.Reciprocal ? SignalKind.Diffraction : SignalKind.Image;

        // The images beside a spectrum image are its frames: the first stands for itself, as in other programs, and the series follows.
        if (frames == 1 || file.IsGroup("Data/SpectrumImage"))
        {
            signals.Add(new Hdf5Signal(file, new SignalHeader(name, single, pixel, [y, x], metadata.Acquisition, metadata.Tree), data, [0, 1]));
        }

        if (frames > 1)
        {
            var title = file.IsGroup("Data/SpectrumImage") ? $"{name} (all frames)" : name;
            signals.Add(new Hdf5Signal(file, new SignalHeader(title, SignalKind.ImageStack, pixel, [metadata.Time(frames), y, x], metadata.Acquisition, metadata.Tree), data, [2, 0, 1]));
        }
    }

    // A display names the image by its path and gives it a label; newer versions put a reference between the two, and call the label id.
    private static Dictionary<string, string> Labels(Hdf5File file)
    {
        var labels = new Dictionary<string, string>();
        foreach (var folder in (string[])["Presentation/Displays/ImageDisplay", "Displays/ImageDisplay"])
        {
            foreach (var display in file.Members(folder).Select(name => VeloxMetadata.Parse(file.Text($"{folder}/{name}"))).OfType<JsonObject>())
            {
                var reference = display["data"] is JsonValue data ? VeloxMetadata.Parse(file.Text(data.ToString())) : display;
                var label = display["display"] is JsonObject shown ? shown["label"] : display["id"];
                if (reference?["dataPath"] is JsonValue path && label is JsonValue)
                {
                    labels[path.ToString().Split('/')[^1]] = Uri.UnescapeDataString(label.ToString());
                }
            }
        }

        return labels;
    }
}
