using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Gwyddion;

/// <summary>Gwyddion's own files: fields, bricks (volumes) and graphs with their units.</summary>
public sealed class GwyddionReader : IFormatReader
{
    private const int MostPoints = 1 << 22;

    public FormatInfo Format { get; } = new(
        "gwyddion", "Gwyddion", [".gwy"], "fields (images), bricks (volumes) and the curves of graphs, with lengths, units, titles and the metadata of each channel",
        "masks, presentations, point spectra and XYZ surfaces", "https://gwyddion.net/documentation/user-guide-en/gwyfile-format.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.StartsWith("GWYPGwyContainer\0"u8) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var cursor = new ByteCursor(file.Bytes, bigEndian: false);
        cursor.MoveTo(4);
        var root = await GwyObject.ReadAsync(cursor, ct);
        List<ISignal> signals = [];
        foreach (var (key, component) in root.Components)
        {
            if (component is GwyObject { Name: "GwyDataField" } field && key.EndsWith("/data", StringComparison.Ordinal))
            {
                signals.Add(Field(file.Bytes, root, key, field));
            }
            else if (component is GwyObject { Name: "GwyBrick" } brick)
            {
                signals.Add(Brick(file.Bytes, root, key, brick));
            }
            else if (component is GwyObject { Name: "GwyGraphModel" } graph)
            {
                signals.AddRange(await CurvesAsync(file.Bytes, graph, ct));
            }
        }

        return signals.Count > 0 ? signals : throw ProblemException.Unreadable($"{file.Name} holds {root.Components.Count} components and no field, brick or graph among them.");
    }

    private static RawSignal Field(IByteSource file, GwyObject root, string key, GwyObject field)
    {
        var name = root.Text($"{key}/title") is { Length: > 0 } title ? title : key;
        Axis[] axes = [Axis(field, "y", "si_unit_xy"), Axis(field, "x", "si_unit_xy")];
        return Signal(file, name, SignalKind.Image, axes, field, "si_unit_z", Original(root, key[..^"/data".Length], field));
    }

    private static RawSignal Brick(IByteSource file, GwyObject root, string key, GwyObject brick)
    {
        var name = root.Text($"{key}/title") is { Length: > 0 } title ? title : key;
        Axis[] axes = [Axis(brick, "z", "si_unit_z"), Axis(brick, "y", "si_unit_y"), Axis(brick, "x", "si_unit_x")];
        return Signal(file, name, SignalKind.Volume, axes, brick, "si_unit_w", Original(root, key, brick));
    }

    private static RawSignal Signal(IByteSource file, string name, SignalKind kind, Axis[] axes, GwyObject item, string valueUnit, MetadataTree original)
    {
        var header = new SignalHeader(name, kind, PixelType.Float64, axes, AcquisitionMetadata.None, original) { ValueUnit = Unit(item, valueUnit) };
        var data = item.Array("data");
        return data is { Type: 'D' } && header.Shape.Aggregate((Int128)1, (product, size) => product * size) == data.Count
            ? RawSignal.Of(header, file, data.Offset)
            : throw ProblemException.Unreadable($"{name} promises {string.Join(" x ", header.Shape)} values; it holds {data?.Count ?? 0} of type {data?.Type}.");
    }

    private static Axis Axis(GwyObject item, string name, string unit)
    {
        var (size, length) = (item.Integer($"{name}res"), item.Number($"{name}real") ?? 0);
        return length > 0 && size > 0
            ? new Axis(name, size, Unit(item, unit), AxisRole.Space, length / size, item.Number($"{name}off") ?? 0)
            : new Axis(name, size, "", AxisRole.Space);
    }

    private static string Unit(GwyObject item, string component) => item.Object(component)?.Text("unitstr").Replace('μ', 'µ') ?? "";

    private static async Task<IReadOnlyList<ISignal>> CurvesAsync(IByteSource file, GwyObject graph, CancellationToken ct)
    {
        List<ISignal> curves = [];
        foreach (var curve in (graph.Components.GetValueOrDefault("curves") as List<object> ?? []).OfType<GwyObject>())
        {
            if (curve.Array("xdata") is { Type: 'D', Count: > 0 and <= MostPoints } x && curve.Array("ydata") is { Type: 'D' } y && y.Count == x.Count)
            {
                TableColumn[] columns =
                [
                    new(graph.Text("bottom_label") is { Length: > 0 } bottom ? bottom : "x", Unit(graph, "x_unit"), await NumbersAsync(file, x, ct)),
                    new(graph.Text("left_label") is { Length: > 0 } left ? left : "y", Unit(graph, "y_unit"), await NumbersAsync(file, y, ct)),
                ];
                var name = curve.Text("description") is { Length: > 0 } description ? description : graph.Text("title");
                curves.Add(TableSignal.Of(name, SignalKind.Trace, columns, AcquisitionMetadata.None, new MetadataTree(Scalars(graph))));
            }
        }

        return curves;
    }

    private static async Task<double[]> NumbersAsync(IByteSource file, GwyArray array, CancellationToken ct) =>
        MemoryMarshal.Cast<byte, double>(await file.ReadBlockAsync(array.Offset, array.Count * sizeof(double), ct)).ToArray();

    /// <summary>The scalars of the item and what the container says of its channel.</summary>
    private static MetadataTree Original(GwyObject root, string channel, GwyObject item)
    {
        var tree = new JsonObject { [item.Name] = Scalars(item) };
        foreach (var (key, component) in root.Components.Where(pair => pair.Key.StartsWith($"{channel}/", StringComparison.Ordinal)))
        {
            if (component is GwyObject { Name: "GwyContainer" } container)
            {
                tree[key] = Scalars(container);
            }
            else if (Leaf(component) is { } leaf)
            {
                tree[key] = leaf;
            }
        }

        return new MetadataTree(tree);
    }

    private static JsonObject Scalars(GwyObject item)
    {
        var tree = new JsonObject();
        foreach (var (key, component) in item.Components)
        {
            if (Leaf(component) is { } leaf)
            {
                tree[key] = leaf;
            }
        }

        return tree;
    }

    private static JsonNode? Leaf(object component) => component switch
    {
        bool flag => flag,
        long integer => integer,
        double number => MetadataTree.Leaf(number),
        string text => text,
        GwyObject { Name: "GwySIUnit" } unit => unit.Text("unitstr"),
        _ => null,
    };
}
