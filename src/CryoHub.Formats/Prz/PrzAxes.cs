using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Prz;

/// <summary>What each stored axis is, and the order in which they are handed out: navigation first. The description counts axes from the fastest.</summary>
/// <param name="Stored">As stored, slowest first.</param>
/// <param name="Order">For each axis handed out, which stored one it is.</param>
/// <param name="Flipped">The axis handed out that runs backwards in the file; -1 for none.</param>
/// <param name="Kind">Of the signal handed out.</param>
internal sealed record PrzAxes(IReadOnlyList<Axis> Stored, int[] Order, int Flipped, SignalKind Kind)
{
    private const string Energy = "Energy";

    private static readonly string[] Navigation = ["ScanY", "ScanX", "Index", "PlotIndex"];

    private static readonly string[] Signal = ["CameraY", "CameraX", "Pixel", Energy, "*"];

    public static PrzAxes Of(IReadOnlyList<long> shape, JsonObject meta)
    {
        var sizes = shape.Count == 0 ? [1] : shape;
        var count = sizes.Count;
        var contents = Contents(meta, count);
        var unnamed = new Queue<string>(((string[])["X", "Y", "Z"])[..Math.Min(3, contents.Count(content => content is null))].Reverse());
        List<Axis> stored = [];
        for (var i = 0; i < count; i++)
        {
            var content = contents[i];
            var calibration = (meta["device.calib"] as JsonArray)?.ElementAtOrDefault(count - 1 - i) as JsonObject;
            stored.Add(Calibrated(calibration, content ?? (unnamed.Count > 0 ? unnamed.Dequeue() : $"axis{i}"), sizes[i]));
        }

        var kept = Enumerable.Range(0, count).Where(i => stored[i].Size > 1 || contents[i]?.Contains("Index", StringComparison.Ordinal) != true);
        int[] order = [.. kept.OrderBy(i => Rank(contents[i]))];
        order = order.Length > 0 ? order : [count - 1];
        var isEels = meta["filter.mode"]?.ToString() == "EELS";
        var flipped = isEels ? Array.FindIndex(order, i => contents[i] == Energy) : -1;
        return new PrzAxes(stored, order, flipped, KindOf([.. order.Select(i => contents[i])]));
    }

    /// <summary>The stored array, its axes in our order.</summary>
    public static ISignal Ordered(ISignal stored, PrzAxes axes)
    {
        var header = stored.Header;
        var ours = axes.Order.Select((place, index) =>
        {
            var axis = axes.Stored[place];
            return index == axes.Flipped ? axis with { Origin = -(axis.Origin + ((axis.Size - 1) * axis.Step)) } : axis;
        }).ToList();
        header = header with { Axes = ours };
        if (axes.Flipped < 0 && axes.Order.SequenceEqual(Enumerable.Range(0, axes.Stored.Count)))
        {
            return stored;
        }

        // Axes of one point that are left out do not move a pixel: they stand last in the order.
        int[] dropped = [.. Enumerable.Range(0, axes.Stored.Count).Except(axes.Order)];
        var full = header with { Axes = [.. dropped.Select(place => axes.Stored[place]), .. ours] };
        var flipped = axes.Flipped < 0 ? -1 : axes.Flipped + dropped.Length;
        return new Reshaped(header, PermutedSignal.Of(full, stored, [.. dropped, .. axes.Order], flipped));
    }

    private static string?[] Contents(JsonObject meta, int count)
    {
        var type = meta["type"]?.ToString();
        var stated = (meta["content.types"] as JsonArray)?.Select(content => content?.ToString()).ToArray();
        stated = (type, count, stated) switch
        {
            (_, _, { } known) when known.Length == count => known,
            ("1D", 2, _) => [null, "PlotIndex"],
            ("1D", 3, _) => [null, "PlotIndex", "Index"],
            _ => [.. Enumerable.Range(0, count).Select(i => i < 2 ? null : "Index")],
        };
        Array.Reverse(stated);
        return stated;
    }

    private static int Rank(string? content) =>
        content is null || Array.IndexOf([.. Navigation, .. Signal], content) is -1 ? int.MaxValue : Array.IndexOf([.. Navigation, .. Signal], content);

    private static Axis Calibrated(JsonObject? calibration, string name, long size)
    {
        var role = name switch { Energy => AxisRole.Energy, "Index" => AxisRole.Frame, "PlotIndex" => AxisRole.Index, _ => AxisRole.Space };
        var unit = calibration?["unit"] is JsonValue text && text.TryGetValue(out string? stated) ? stated : "";
        if (calibration is null || Number(calibration, "value") is not { } value || value == 0)
        {
            return new Axis(name, size, "", role);
        }

        if (unit.StartsWith("1/", StringComparison.Ordinal) || unit is "rad" or "mrad")
        {
            role = AxisRole.Reciprocal;
        }

        return new Axis(name, size, unit, role, value * (Number(calibration, "pixel_factor") ?? 1), (Number(calibration, "offset") ?? 0) * value);
    }

    private static double? Number(JsonObject node, string key) =>
        node[key] is JsonValue value && value.GetValueKind() == JsonValueKind.Number
            && double.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static SignalKind KindOf(string?[] contents) => (contents[^1], contents.Length) switch
    {
        (Energy, 1) => SignalKind.Spectrum,
        (Energy, 2) => SignalKind.SpectrumLine,
        (Energy, _) => SignalKind.SpectrumImage,
        ("CameraX", >= 4) => SignalKind.DiffractionScan,
        (_, 1) => SignalKind.Trace,
        (_, 2) => SignalKind.Image,
        _ => SignalKind.ImageStack,
    };

    /// <summary>The same frames under a header that leaves axes of one point out.</summary>
    private sealed class Reshaped(SignalHeader header, ISignal inner) : ISignal
    {
        public SignalHeader Header { get; } = header;

        public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
        {
            if (inner.Header.FrameBytes == Header.FrameBytes)
            {
                await inner.ReadFrameAsync(frame, destination, ct);
                return;
            }

            var innerBytes = (int)inner.Header.FrameBytes;
            var per = (int)(Header.FrameBytes / innerBytes);
            for (var i = 0; i < per; i++)
            {
                await inner.ReadFrameAsync((frame * per) + i, destination.Slice(i * innerBytes, innerBytes), ct);
            }
        }
    }
}
