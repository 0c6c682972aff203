using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Igor;

/// <summary>Igor lets the first dimension run fastest, so a wave of more than one dimension is turned when it is read.</summary>
internal sealed class IgorSignal : ISignal
{
    private const int MostLayers = 64;

    private readonly IByteSource file;
    private readonly long offset;
    private readonly bool bigEndian;

    public IgorSignal(SignalHeader header, IByteSource file, long offset, bool bigEndian)
    {
        PixelBudget.Check(header, file.Length - offset);
        (Header, this.file, this.offset, this.bigEndian) = (header, file, offset, bigEndian);
    }

    public SignalHeader Header { get; }

    /// <summary>The layers of a wave of three dimensions as images: x is Igor's first dimension.</summary>
    public IEnumerable<ISignal> Layers(IReadOnlyList<string> labels)
    {
        if (Header.Axes.Count != 3 || Header.Axes[2].Size > MostLayers)
        {
            yield break;
        }

        for (var layer = 0; layer < Header.Axes[2].Size; layer++)
        {
            var name = layer < labels.Count && labels[layer].Length > 0 ? labels[layer] : $"{Header.Name} {layer + 1}";
            var header = Header with { Name = name, Kind = SignalKind.Image, Axes = [Header.Axes[1] with { Name = "y" }, Header.Axes[0] with { Name = "x" }] };
            yield return RawSignal.Of(header, file, offset + (layer * header.FrameBytes), bigEndian);
        }
    }

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)frame, (ulong)Header.FrameCount);
        var shape = Header.Shape;
        var bytes = Header.Pixel.Bytes();
        if (shape.Count == 1)
        {
            await file.ReadAsync(offset, destination, ct);
        }
        else
        {
            // In the file the leading dimensions of a frame's number run fastest.
            var (rows, columns, leading) = (shape[^2], shape[^1], Header.FrameCount);
            var place = Place(frame, shape);
            var run = await file.ReadBlockAsync(offset, rows * columns * leading * bytes, ct);
            for (var row = 0L; row < rows; row++)
            {
                for (var column = 0L; column < columns; column++)
                {
                    var from = (place + (leading * (row + (rows * column)))) * bytes;
                    run.AsSpan((int)from, bytes).CopyTo(destination.Span[(int)(((row * columns) + column) * bytes)..]);
                }
            }
        }

        if (bigEndian)
        {
            ByteOrder.Reverse(Header.Pixel, destination.Span);
        }
    }

    /// <summary>The frame's number counts with the last leading dimension fastest, the file with the first.</summary>
    private static long Place(long frame, IReadOnlyList<long> shape)
    {
        var place = 0L;
        for (var axis = shape.Count - 3; axis >= 0; axis--)
        {
            (frame, var index) = Math.DivRem(frame, shape[axis]);
            place += index * shape.Take(axis).Aggregate(1L, (product, size) => product * size);
        }

        return place;
    }
}
