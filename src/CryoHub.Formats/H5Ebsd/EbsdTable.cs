using System.Buffers.Binary;
using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;
using CryoHub.Imaging.Statistics;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.H5Ebsd;

/// <summary>The map as a table: one row a point, one column for each list of that length (three for Euler angles); read when it is asked for.</summary>
internal sealed class EbsdTable : ISignal
{
    private const int MostColumns = 256;
    private const int WidestList = 8;

    private readonly Hdf5File file;
    private readonly IReadOnlyList<Hdf5Node> lists;

    private EbsdTable(Hdf5File file, IReadOnlyList<Hdf5Node> lists, SignalHeader header) => (this.file, this.lists, Header) = (file, lists, header);

    public SignalHeader Header { get; }

    /// <summary><c>null</c> where no list has that many points.</summary>
    public static EbsdTable? Of(Hdf5File file, string name, IEnumerable<Hdf5Node> candidates, long points, AcquisitionMetadata metadata, MetadataTree original)
    {
        List<Hdf5Node> lists = [.. candidates.Where(node => node.Dataset.Shape[0] == points && node.Dataset.Shape is [_] or [_, <= WidestList]
            && !node.Dataset.Pixel!.Value.IsComplex() && !node.Dataset.Pixel!.Value.IsColour()).Take(MostColumns)];
        List<SignalColumn> columns = [.. lists.SelectMany(Columns)];
        if (columns.Count == 0 || 8 * points * columns.Count > Array.MaxLength)
        {
            return null;
        }

        var header = new SignalHeader(name, SignalKind.EbsdMap, PixelType.Float64, [new Axis("row", points, "", AxisRole.Index), new Axis("column", columns.Count, "", AxisRole.Index)], metadata, original)
        {
            Columns = columns,
        };
        return new EbsdTable(file, lists, header);
    }

    public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        var (rows, width) = (Header.Shape[0], (int)Header.Shape[1]);
        var first = 0;
        foreach (var dataset in lists.Select(node => node.Dataset))
        {
            ct.ThrowIfCancellationRequested();
            var bytes = new byte[dataset.Count * dataset.Pixel!.Value.Bytes()];
            file.ReadAll(dataset, bytes);
            var values = new double[dataset.Count];
            PixelConversion.ToDouble(dataset.Pixel.Value, bytes, values);
            var columns = (int)(dataset.Count / rows);
            for (var i = 0; i < values.Length; i++)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(destination.Span[(int)(8 * ((i / columns * (long)width) + first + (i % columns)))..], values[i]);
            }

            first += columns;
        }

        return ValueTask.CompletedTask;
    }

    private static IEnumerable<SignalColumn> Columns(Hdf5Node node)
    {
        var unit = node.Text("Unit") ?? node.Text("units") ?? "";
        return node.Dataset.Shape.Count == 1 ? [new SignalColumn(node.Dataset.Name, unit)]
            : Enumerable.Range(1, (int)node.Dataset.Shape[1]).Select(i => new SignalColumn($"{node.Dataset.Name} {i}", unit));
    }
}
