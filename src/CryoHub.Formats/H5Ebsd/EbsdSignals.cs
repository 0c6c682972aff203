using System.Text.Json.Nodes;
using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.H5Ebsd;

/// <summary>A technique's group (Data and Header) as signals: the map, the patterns and spectra as scans, the images.</summary>
internal static class EbsdSignals
{
    /// <summary>Nothing where the header states no raster.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="tree">All of it.</param>
    /// <param name="technique">Path of the group that holds Data and Header.</param>
    /// <param name="isMap">EBSD: lists are columns of one map. Otherwise each list is an image.</param>
    public static IEnumerable<ISignal> Of(Hdf5File file, Hdf5Tree tree, string technique, bool isMap)
    {
        var original = new MetadataTree(tree.Original);
        var path = technique.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var header = new EbsdHeader(original.Find([.. path, "Header"]) as JsonObject ?? []);
        if (header is not { Rows: { } rows, Columns: { } columns })
        {
            yield break;
        }

        var nodes = tree.Arrays.Where(node => node.Dataset.Path.StartsWith($"{technique}/Data/", StringComparison.Ordinal) && node.Dataset.Shape[0] == rows * columns).ToList();
        List<Axis> raster = [Side("y", rows, header.StepY), Side("x", columns, header.StepX)];
        if (isMap && EbsdTable.Of(file, technique.Trim('/'), nodes, rows * columns, header.Metadata, original) is { } map)
        {
            yield return map;
        }

        foreach (var node in nodes.Where(node => !isMap || node.Dataset.Shape.Count > 2))
        {
            List<Axis> axes = [.. raster, .. node.Dataset.Shape.Skip(1).Select((size, i) => Detail(header, size, i, node.Dataset.Shape.Count))];
            yield return new RasterSignal(file, new SignalHeader($"{node.Dataset.Path.TrimStart('/')} (map)", Kind(axes), node.Dataset.Pixel!.Value, axes, header.Metadata, original), node.Dataset);
        }

        Axis Side(string name, long size, double? step) => step is { } given && header.StepUnit.Length > 0
            ? new Axis(name, size, header.StepUnit, AxisRole.Space, given) : new Axis(name, size, "", AxisRole.Space);
    }

    // Spectra of H5OINA: the width of a channel and the first one's energy, in electronvolt.
    private static Axis Detail(EbsdHeader header, long size, int index, int rank) => (rank, index, header.Number("Channel Width")) switch
    {
        (2, _, { } width) => new Axis("energy", size, "eV", AxisRole.Energy, width, header.Number("Start Channel") ?? 0),
        (2, _, null) => new Axis("channel", size, "", AxisRole.Channel),
        (_, 0, _) => new Axis("ky", size, "", AxisRole.Reciprocal),
        _ => new Axis("kx", size, "", AxisRole.Reciprocal),
    };

    private static SignalKind Kind(List<Axis> axes) => axes.Count switch { 2 => SignalKind.Image, 3 => SignalKind.SpectrumImage, _ => SignalKind.DiffractionScan };
}
