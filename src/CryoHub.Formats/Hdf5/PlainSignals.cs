using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>Arrays as signals where nothing says what they are.</summary>
internal static class PlainSignals
{
    /// <summary>All of a file: its arrays, then its tables.</summary>
    public static IEnumerable<ISignal> All(Hdf5File file, Hdf5Tree tree, MetadataTree original, AcquisitionMetadata metadata) =>
        [.. tree.Arrays.Select(node => Of(file, node, original, metadata)), .. tree.Tables.Select(table => new Hdf5Table(file, table, original))];

    /// <summary>An array with its dimensions as axes; the unit of its values is what an attribute states.</summary>
    public static ISignal Of(Hdf5File file, Hdf5Node node, MetadataTree original, AcquisitionMetadata metadata) =>
        Of(file, node, [.. node.Dataset.Shape.Select((size, i) => Dimension(size, i, node.Dataset.Shape.Count))], original, metadata);

    /// <summary>An array with axes that stand in the order of its dimensions.</summary>
    public static ISignal Of(Hdf5File file, Hdf5Node node, IReadOnlyList<Axis> axes, MetadataTree original, AcquisitionMetadata metadata)
    {
        var header = new SignalHeader(node.Dataset.Path.TrimStart('/'), Kind(axes), node.Dataset.Pixel!.Value, axes, metadata, original)
        {
            ValueUnit = (node.Attributes["units"] ?? node.Attributes["unit"]) is JsonValue unit && unit.TryGetValue(out string? symbol) ? symbol : "",
        };
        return new Hdf5Signal(file, header, node.Dataset, [.. Enumerable.Range(0, axes.Count)]);
    }

    /// <summary>By the roles of the axes.</summary>
    public static SignalKind Kind(IReadOnlyList<Axis> axes) => axes switch
    {
        [.., { Role: AxisRole.Energy }] => axes.Count switch { 1 => SignalKind.Spectrum, 2 => SignalKind.SpectrumLine, _ => SignalKind.SpectrumImage },
        [_] => SignalKind.Trace,
        [{ Role: AxisRole.Reciprocal }, { Role: AxisRole.Reciprocal }] => SignalKind.Diffraction,
        [_, _] => SignalKind.Image,
        [_, .., { Role: AxisRole.Reciprocal }, { Role: AxisRole.Reciprocal }] => SignalKind.DiffractionScan,
        [{ Role: AxisRole.Tilt }, _, _] => SignalKind.TiltSeries,
        _ => SignalKind.ImageStack,
    };

    private static Axis Dimension(long size, int dimension, int rank) => new(Name(dimension, rank), size, "", dimension + 2 < rank ? AxisRole.Frame : AxisRole.Space);

    // The last two are y and x; a curve counts its points.
    private static string Name(int dimension, int rank) => (rank - dimension) switch
    {
        1 when rank == 1 => "index",
        1 => "x",
        2 => "y",
        3 => rank == 3 ? "frame" : $"frame{dimension + 1}",
        _ => $"frame{dimension + 1}",
    };
}
