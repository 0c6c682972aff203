using System.Runtime.InteropServices;
using CryoHub.Imaging;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Painting;

namespace CryoHub.Web.Features.Painting;

/// <summary>A painted layer as a signal: labels on the axes of the picture they were painted on, one slice in memory at a time.</summary>
internal sealed class PaintSignal : ISignal
{
    private readonly PaintBlocks blocks;
    private readonly Guid userId;
    private readonly PaintLayerRow layer;

    private PaintSignal(PaintBlocks blocks, Guid userId, PaintLayerRow layer, SignalHeader header) => (this.blocks, this.userId, this.layer, Header) = (blocks, userId, layer, header);

    public SignalHeader Header { get; }

    /// <param name="axes">Of the picture.</param>
    /// <exception cref="ProblemException">A label does not fit into 32 bits.</exception>
    public static PaintSignal Of(PaintBlocks blocks, Guid userId, PaintLayerRow layer, IReadOnlyList<Axis> axes)
    {
        var most = layer.Labels.Select(label => label.Value).DefaultIfEmpty(0).Max();
        var pixel = most <= byte.MaxValue ? PixelType.UInt8 : most <= ushort.MaxValue ? PixelType.UInt16 : most <= uint.MaxValue ? PixelType.UInt32
            : throw ProblemException.Invalid($"Label {most} needs more than 32 bits, which image files do not hold; read the layer as zarr.");
        IReadOnlyList<Axis> shown = axes.Aggregate(1L, (product, axis) => product * axis.Size) == (long)layer.Width * layer.Height * layer.Depth ? axes : [.. axes.Take(2)];   // of a scan the map alone
        return new(blocks, userId, layer, new(layer.Name, layer.Depth > 1 ? SignalKind.Volume : SignalKind.Image, pixel, shown, AcquisitionMetadata.None, MetadataTree.Empty)
        {
            Labels = [.. layer.Labels.Where(label => label.Value <= int.MaxValue).Select(label => new LabelClass((int)label.Value, label.Name, label.Colour))],
        });
    }

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        var labels = await blocks.SliceAsync(userId, layer.Id, (int)frame, ct) ?? throw ProblemException.Invalid("The layer is gone.");
        Write(labels, destination.Span);
    }

    private void Write(ulong[] labels, Span<byte> bytes)
    {
        switch (Header.Pixel)
        {
            case PixelType.UInt8: Narrow<byte>(labels, bytes); break;
            case PixelType.UInt16: Narrow<ushort>(labels, bytes); break;
            default: Narrow<uint>(labels, bytes); break;
        }
    }

    private static void Narrow<T>(ulong[] labels, Span<byte> bytes)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var numbers = MemoryMarshal.Cast<byte, T>(bytes);
        for (var i = 0; i < labels.Length; i++)
        {
            numbers[i] = T.CreateChecked(labels[i]);
        }
    }
}
