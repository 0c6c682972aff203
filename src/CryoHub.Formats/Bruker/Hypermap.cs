using System.Buffers.Binary;
using System.Numerics.Tensors;
using CryoHub.Imaging;

namespace CryoHub.Formats.Bruker;

/// <summary>The stream of a spectrum image: rows of pixels, each pixel with its own packing; walked once to find the rows and the largest count.</summary>
internal sealed class Hypermap
{
    private const long FirstRow = 0x1A0;

    private readonly IByteSource stream;
    private readonly long[] rows;

    private Hypermap(IByteSource stream, int width, int channels, long[] rows)
    {
        this.stream = stream;
        this.rows = rows;
        Width = width;
        Channels = channels;
    }

    public int Width { get; }

    public int Height => rows.Length;

    public int Channels { get; }

    /// <summary>The largest count of any channel of any pixel: the type of the counts must hold it.</summary>
    public uint Largest { get; private set; }

    /// <param name="stream">The decompressed SpectrumData file.</param>
    /// <param name="height">Rows of the map's image in the header; the stream must agree.</param>
    /// <param name="width">Columns of the map's image in the header.</param>
    /// <param name="channels">Channels of the map's sum spectrum.</param>
    /// <param name="ct">Cancels the walk.</param>
    public static async Task<Hypermap> OpenAsync(IByteSource stream, int height, int width, int channels, CancellationToken ct)
    {
        var head = new byte[8];
        await stream.ReadAsync(0, head, ct);
        var (tall, wide) = (BinaryPrimitives.ReadInt32LittleEndian(head), BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(4)));
        if (tall != height || wide != width || height * 4L > stream.Length)
        {
            throw ProblemException.Unreadable($"The hypermap states {wide} x {tall} pixels in {stream.Length} bytes; its image has {width} x {height}.");
        }

        var map = new Hypermap(stream, width, channels, new long[height]);
        var window = new ByteWindow(stream, FirstRow);
        var pixel = new uint[channels];
        for (var row = 0; row < height; row++)
        {
            map.rows[row] = window.Position;
            await foreach (var _ in map.PixelsAsync(window, pixel, ct))
            {
                map.Largest = Math.Max(map.Largest, TensorPrimitives.Max<uint>(pixel));
            }
        }

        return map;
    }

    /// <summary>The pixels of one row: columns in the stream's order, their counts in <paramref name="pixel"/>. Columns without counts are left out.</summary>
    public IAsyncEnumerable<int> RowAsync(long row, uint[] pixel, CancellationToken ct) => PixelsAsync(new ByteWindow(stream, rows[row]), pixel, ct);

    private async IAsyncEnumerable<int> PixelsAsync(ByteWindow window, uint[] pixel, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var count = BinaryPrimitives.ReadUInt32LittleEndian((await window.TakeAsync(4, ct)).Span);
        for (var i = 0u; i < count; i++)
        {
            ct.ThrowIfCancellationRequested();
            var header = PixelHeader.Parse((await window.TakeAsync(PixelHeader.Size, ct)).Span);
            if (header.X >= Width)
            {
                throw ProblemException.Unreadable($"A pixel of the hypermap claims column {header.X} of {Width}.");
            }

            pixel.AsSpan().Clear();
            await ReadAsync(window, header, pixel, ct);
            yield return (int)header.X;
        }
    }

    private static async ValueTask ReadAsync(ByteWindow window, PixelHeader header, uint[] pixel, CancellationToken ct)
    {
        var data = await window.TakeAsync(header.DataBytes, ct);
        switch (header.Packing)
        {
            case 0:
                PixelCounts.Add16BitPulses(data.Span, pixel);
                break;
            case 1:
                PixelCounts.Add12BitPulses(data.Span, header.Pulses, pixel);
                break;
            default:
                if (data.Length < 4)
                {
                    throw ProblemException.Unreadable($"A packed pixel of the hypermap holds {data.Length} bytes; at least 4 were expected.");
                }

                PixelCounts.AddRuns(data.Span[..^4], pixel);
                var extra = header.Pulses == 0 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(data.Span[^4..]);
                PixelCounts.Add16BitPulses((await window.TakeAsync(extra, ct)).Span, pixel);
                break;
        }
    }
}
