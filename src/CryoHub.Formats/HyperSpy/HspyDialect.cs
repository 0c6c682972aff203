using System.Text.Json.Nodes;
using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.HyperSpy;

/// <summary>HyperSpy's own files: one group below Experiments for each signal.</summary>
internal sealed class HspyDialect : IHdf5Dialect
{
    private const int MostAxes = 32;

    public FormatInfo Format { get; } = new(
        "hspy", "HyperSpy (HDF5)", [".hspy", ".hdf5"],
        "every signal with its axes (uniform, or by their values) and metadata, versions 1.0 to 3; real, complex and coloured arrays",
        "ragged arrays; axes given by an expression keep no calibration; models, markers and learning results are listed by name",
        "https://hyperspy.org/rosettasciio/file_specification/hspy.html");

    public bool Knows(Hdf5File file, string fileName) =>
        file.Attributes("/")["file_format"] is JsonValue format && format.ToString().Equals("HyperSpy", StringComparison.OrdinalIgnoreCase)
        || (fileName.EndsWith(".hspy", StringComparison.OrdinalIgnoreCase) && file.IsGroup("Experiments"));

    public IReadOnlyList<ISignal> Open(Hdf5File file, ISourceFile source)
    {
        var root = file.Attributes("/");
        var signals = new List<ISignal>();
        var ragged = new List<string>();
        foreach (var name in file.Members("Experiments"))
        {
            var path = $"Experiments/{name}";
            if (file.Dataset($"{path}/data") is { Pixel: { } pixel, Count: > 0 } data)
            {
                signals.Add(Open(file, path, name, data, pixel, root));
            }
            else
            {
                ragged.Add(name);
            }
        }

        return signals.Count > 0 || ragged.Count == 0 ? signals
            : throw ProblemException.Unreadable($"{source.Name} holds no array of numbers: {string.Join(", ", ragged)} are ragged or empty.");
    }

    private static Hdf5Signal Open(Hdf5File file, string path, string name, Hdf5Dataset data, PixelType pixel, JsonObject root)
    {
        var original = HyperSpyNames.Decode(Hdf5Tree.Of(file, path).Original);
        foreach (var (key, value) in root)
        {
            original[key] = value?.DeepClone();
        }

        var metadata = new HyperSpyMetadata((original["metadata"] ?? original["mapped_parameters"]) as JsonObject ?? []);     // the second before version 1.2
        var rank = data.Shape.Count;
        List<JsonObject> stored = [.. Enumerable.Range(0, Math.Min(rank, MostAxes)).Select(i => file.Attributes($"{path}/axis-{i}"))];
        var axes = HyperSpyAxes.Of(data.Shape, stored, i => Hdf5Curve.Read(file, $"{path}/axis-{i}/axis"), metadata);
        var title = metadata.Title.Length > 0 ? metadata.Title : name;
        return new Hdf5Signal(file, new SignalHeader(title, axes.Kind(metadata.SignalType), pixel, axes.Axes, metadata.Acquisition, new MetadataTree(original)), data, axes.Dimensions);
    }
}
