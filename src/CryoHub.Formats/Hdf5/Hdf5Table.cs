using System.Buffers.Binary;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Hdf5;

/// <summary>A list of records as a table, read field by field when it is asked for.</summary>
internal sealed class Hdf5Table(Hdf5File file, Hdf5Records records, MetadataTree original) : ISignal
{
    public SignalHeader Header { get; } = new(
        records.Dataset.Path.TrimStart('/'),
        SignalKind.Table,
        PixelType.Float64,
        [new Axis("row", records.Dataset.Count, "", AxisRole.Index), new Axis("column", records.Fields.Count, "", AxisRole.Index)],
        AcquisitionMetadata.None,
        original)
    {
        Columns = [.. records.Fields.Select(field => new SignalColumn(field, ""))],
    };

    public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        var values = new double[records.Dataset.Count];
        for (var column = 0; column < records.Fields.Count; column++)
        {
            ct.ThrowIfCancellationRequested();
            file.ReadField(records.Dataset.Path, records.Fields[column], values);
            for (var row = 0; row < values.Length; row++)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(destination.Span[(8 * ((row * records.Fields.Count) + column))..], values[row]);
            }
        }

        return ValueTask.CompletedTask;
    }
}
