using System.Globalization;
using System.Xml.Linq;
using CryoHub.Formats.Hdf5;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;

namespace CryoHub.Formats.Topspin;

/// <summary>A series of patterns, one group each (0, 1, 2 ...), with the position of the beam in its metadata. The raster is found from the positions of the first row.</summary>
internal sealed class TopspinSeries(Hdf5File file, SignalHeader header, string group, Hdf5Dataset first) : ISignal
{
    private const int LongestRow = 8192;

    public SignalHeader Header { get; } = header;

    /// <summary><c>null</c> where the group is no series of patterns.</summary>
    public static ISignal? Open(Hdf5File file, string group, string name, AcquisitionMetadata metadata, MetadataTree original)
    {
        if (file.Dataset($"{group}/0/Data") is not { Pixel: { } pixel, Shape.Count: 2, Count: > 0 } first)
        {
            return null;
        }

        var count = file.Members(group).Count(member => int.TryParse(member, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        var item = Item(file, group, 0);
        var patterns = TopspinCalibration.Axes(item, first.Shape, "ky", "kx");
        var start = Position(item);
        var columns = 1;
        while (columns < Math.Min(count, LongestRow) && start is not null && Position(Item(file, group, columns)) is { } next && IsSameRow(start.Value, next))
        {
            columns++;
        }

        List<Axis> axes = start is null || count % columns != 0
            ? [new Axis("frame", count, "", AxisRole.Frame), .. patterns]
            : [Navigation("y", count / columns, start.Value.Y, count > columns ? Position(Item(file, group, columns))?.Y : null),
                Navigation("x", columns, start.Value.X, columns > 1 ? Position(Item(file, group, 1))?.X : null), .. patterns];
        return new TopspinSeries(file, new SignalHeader(name, SignalKind.DiffractionScan, pixel, axes, metadata, original), group, first);
    }

    public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var pattern = file.Dataset($"{group}/{frame.ToString(CultureInfo.InvariantCulture)}/Data");
        if (pattern is null || pattern.Pixel != first.Pixel || !pattern.Shape.SequenceEqual(first.Shape))
        {
            throw ProblemException.Unreadable($"Pattern {frame} of {group} is missing, or is not of the first pattern's {string.Join(" x ", first.Shape)} pixels.");
        }

        file.ReadAll(pattern, destination.Span[..(int)Header.FrameBytes]);
        return ValueTask.CompletedTask;
    }

    private static XElement? Item(Hdf5File file, string group, long number) =>
        file.Text($"{group}/{number.ToString(CultureInfo.InvariantCulture)}/Metadata") is { } text ? SafeXml.Parse(text, $"pattern {number}") : null;

    // In metres.
    private static (double X, double Y)? Position(XElement? item)
    {
        var value = item?.Descendants("Item").FirstOrDefault(entry => entry.Element("Name")?.Value == "RequestedBeamPosition")?.Element("Value");
        return TopspinCalibration.Real(value?.Element("X")?.Value) is { } x && TopspinCalibration.Real(value?.Element("Y")?.Value) is { } y ? (x, y) : null;
    }

    // Along a row only x moves.
    private static bool IsSameRow((double X, double Y) first, (double X, double Y) next) => Math.Abs(next.Y - first.Y) < Math.Abs(next.X - first.X) * 1e-3;

    private static Axis Navigation(string name, long size, double start, double? second) =>
        second is { } next && next != start ? new Axis(name, size, "nm", AxisRole.Space, (next - start) * 1e9, start * 1e9) : new Axis(name, size, "", AxisRole.Space);
}
