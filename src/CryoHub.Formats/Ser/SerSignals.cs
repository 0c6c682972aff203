using System.Buffers.Binary;
using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Ser;

/// <summary>From a series' header to a signal: axes in our order and units.</summary>
internal static class SerSignals
{
    public static async Task<ISignal> OpenAsync(IByteSource bytes, string name, EmiObject? described, CancellationToken ct)
    {
        var series = await SerHeader.ReadAsync(bytes, ct);
        var first = await SerElement.ReadAsync(bytes, series.DataOffsets[0], series.IsImages, ct);
        var dimensions = Navigation(series);
        var xFastest = await IsXFastestAsync(bytes, series, ct);
        if (xFastest)
        {
            dimensions.Reverse();
        }

        List<Axis> axes = [.. dimensions.Select((dimension, index) => NavigationAxis(dimension, index, dimensions.Count))];
        CheckCount(axes, series);
        var isReciprocal = described?.IsReciprocal(isScan: axes.Any(axis => axis.Role == AxisRole.Space)) ?? false;
        axes.AddRange(SignalAxes(series, first, isReciprocal));
        var original = new JsonObject { ["series"] = Original(series) };
        if (described is not null)
        {
            original["ObjectInfo"] = described.Original;
        }

        var header = new SignalHeader(name, KindOf(series, axes, isReciprocal), first.Pixel, axes, described?.Metadata ?? AcquisitionMetadata.None, new MetadataTree(original));
        return header.FrameBytes <= Array.MaxLength
            ? new SerSignal(header, series, first, bytes)
            : throw ProblemException.Unreadable($"One frame takes {header.FrameBytes} bytes; at most {Array.MaxLength} can be held.");
    }

    /// <summary>Dimensions that count, in the file's order. A series that was stopped early has as many elements as are valid.</summary>
    private static List<SerDimension> Navigation(SerHeader series)
    {
        List<SerDimension> dimensions = [.. series.Dimensions];
        if (dimensions.Count <= 1 && series.ValidElements != series.TotalElements)
        {
            return series.ValidElements == 1 ? [] : [(dimensions.FirstOrDefault() ?? new SerDimension(0, 0, 1, 0, "Number", "")) with { Size = series.ValidElements }];
        }

        if (dimensions.Count == 0)
        {
            return series.ValidElements == 1 ? [] : [new SerDimension(series.ValidElements, 0, 1, 0, "Number", "")];
        }

        return series.IsImages ? [.. dimensions.Where(dimension => dimension.Size != 1)] : dimensions;
    }

    /// <summary>The positions of the first two elements tell which way the beam went; without them, along x.</summary>
    private static async Task<bool> IsXFastestAsync(IByteSource bytes, SerHeader series, CancellationToken ct)
    {
        if (!series.HasPositions || series.ValidElements < 2)
        {
            return true;
        }

        var (first, second) = (await YAsync(0), await YAsync(1));
        return first == second;

        // Tag: 0 type, 2 unknown, 4 time, 8 x, 16 y
        async Task<double> YAsync(int index) => BinaryPrimitives.ReadDoubleLittleEndian(await bytes.ReadBlockAsync(series.TagOffsets[index] + 16, 8, ct));
    }

    private static Axis NavigationAxis(SerDimension dimension, int index, int count)
    {
        if (dimension.Units != "meters")
        {
            return new Axis("frame", dimension.Size, dimension.Units, AxisRole.Frame, dimension.Delta, dimension.Origin);
        }

        return new Axis(count == 2 && index == 0 ? "y" : "x", dimension.Size, "nm", AxisRole.Space, dimension.Delta * 1e9, dimension.Origin * 1e9);
    }

    private static void CheckCount(List<Axis> axes, SerHeader series)
    {
        var promised = axes.Aggregate((Int128)1, (product, axis) => product * axis.Size);
        if (promised < 1 || promised > series.TotalElements)
        {
            throw ProblemException.Unreadable($"The series runs over {string.Join(" x ", axes.Select(axis => axis.Size))} positions; it holds {series.TotalElements} elements.");
        }
    }

    private static IEnumerable<Axis> SignalAxes(SerHeader series, SerElement element, bool isReciprocal)
    {
        if (!series.IsImages)
        {
            return [new Axis("energy", element.Width, "eV", AxisRole.Energy, element.StepX, element.OriginX)];
        }

        var (unit, role, factor) = isReciprocal ? ("1/nm", AxisRole.Reciprocal, 1e-9) : ("nm", AxisRole.Space, 1e9);
        return
        [
            new Axis("y", element.Height, unit, role, element.StepY * factor, element.OriginY * factor),
            new Axis("x", element.Width, unit, role, element.StepX * factor, element.OriginX * factor),
        ];
    }

    private static SignalKind KindOf(SerHeader series, List<Axis> axes, bool isReciprocal) => (series.IsImages, axes.Count) switch
    {
        (false, 1) => SignalKind.Spectrum,
        (false, 2) => SignalKind.SpectrumLine,
        (false, _) => SignalKind.SpectrumImage,
        (true, 2) => isReciprocal ? SignalKind.Diffraction : SignalKind.Image,
        (true, 3) => isReciprocal && axes[0].Role == AxisRole.Space ? SignalKind.DiffractionScan : SignalKind.ImageStack,
        _ => isReciprocal ? SignalKind.DiffractionScan : SignalKind.ImageStack,
    };

    private static JsonObject Original(SerHeader series) => new()
    {
        ["TotalNumberElements"] = series.TotalElements,
        ["ValidNumberElements"] = series.ValidElements,
        ["Dimensions"] = new JsonArray([.. series.Dimensions.Select(dimension => new JsonObject
        {
            ["DimensionSize"] = dimension.Size,
            ["CalibrationOffset"] = MetadataTree.Leaf(dimension.Offset),
            ["CalibrationDelta"] = MetadataTree.Leaf(dimension.Delta),
            ["CalibrationElement"] = dimension.Element,
            ["Description"] = dimension.Description,
            ["Units"] = dimension.Units,
        })]),
    };
}
