using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.DigitalSurf;

/// <summary>Objects as the frames of one signal, or one object cut into frames; three objects a frame where they are colours.</summary>
internal sealed class SurfaceSignal : ISignal
{
    private readonly IReadOnlyList<SurfaceObject> objects;
    private readonly bool framesOfOne;

    public SurfaceSignal(SignalHeader header, IReadOnlyList<SurfaceObject> objects)
    {
        (Header, this.objects) = (header, objects);
        framesOfOne = objects.Count == 1 && header.Pixel != PixelType.Rgb8;
        var colours = header.Pixel == PixelType.Rgb8 ? 3 : 1;
        var points = header.Shape.Aggregate((Int128)colours, (product, size) => product * Math.Max(0, size)) / objects.Count;
        if (header.Shape.Any(size => size < 1) || objects.Any(part => points * part.PointBytes > part.Points.Length))
        {
            throw ProblemException.Unreadable(
                $"{header.Name} promises {string.Join(" x ", header.Shape)} points in {objects.Count} objects; they hold {string.Join(", ", objects.Take(4).Select(part => part.Points.Length / part.PointBytes))}.");
        }

        if (header.FramePixels > Array.MaxLength / sizeof(double))
        {
            throw ProblemException.Unreadable($"A frame of {header.FramePixels} points is too large.");
        }
    }

    public SignalHeader Header { get; }

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)frame, (ulong)Header.FrameCount);
        var count = (int)Header.FramePixels;
        if (Header.Pixel == PixelType.Rgb8)
        {
            for (var colour = 0; colour < 3; colour++)
            {
                await ReadAsync(objects[((int)frame * 3) + colour], 0, count, (i, value) => destination.Span[(3 * i) + colour] = (byte)Math.Clamp(Math.Round(value), 0, 255), ct);
            }
        }
        else if (!framesOfOne && Header.Axes.Count < 3)
        {
            var perObject = count / objects.Count;      // a series of profiles is one frame
            for (var part = 0; part < objects.Count; part++)
            {
                var start = part * perObject;
                await ReadAsync(objects[part], 0, perObject, (i, value) => Store(destination.Span, start + i, value), ct);
            }
        }
        else
        {
            await ReadAsync(objects[framesOfOne ? 0 : (int)frame], framesOfOne ? frame * count : 0, count, (i, value) => Store(destination.Span, i, value), ct);
        }
    }

    private static async ValueTask ReadAsync(SurfaceObject part, long first, int count, Action<int, double> store, CancellationToken ct)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(count * part.PointBytes);
        try
        {
            var stored = bytes.AsMemory(0, count * part.PointBytes);
            await part.Points.ReadAsync(first * part.PointBytes, stored, ct);
            if (part.BigEndian)
            {
                ByteOrder.Reverse(part.PointBytes, stored.Span);
            }

            var scale = part.Scale;
            for (var i = 0; i < count; i++)
            {
                store(i, scale.Value(part.PointBytes == 2 ? MemoryMarshal.Cast<byte, short>(stored.Span)[i] : MemoryMarshal.Cast<byte, int>(stored.Span)[i]));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void Store(Span<byte> destination, int index, double value)
    {
        if (Header.Pixel == PixelType.Int64)
        {
            BinaryPrimitives.WriteInt64LittleEndian(destination[(8 * index)..], double.IsNaN(value) ? 0 : (long)Math.Round(value));
        }
        else
        {
            BinaryPrimitives.WriteDoubleLittleEndian(destination[(8 * index)..], value);
        }
    }
}
