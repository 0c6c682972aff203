using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>What the writers of HDF5 formats share: the library needs a file, so it is written beside the temporary files and copied; frames pass one by one.</summary>
internal static class Hdf5Export
{
    private const long LargestChunk = 4 << 20;
    private const long LongestAxis = 1 << 24;

    /// <summary>Why a format that lists every coordinate of an axis cannot hold the signal; <c>null</c> where it can.</summary>
    public static string? TooLong(string format, SignalHeader header) => header.Axes.FirstOrDefault(axis => axis.Size > LongestAxis) is { } longest
        ? $"{format} lists every coordinate of an axis; {longest.Name} of {header.Name} has {longest.Size} points, at most {LongestAxis} are written."
        : null;

    public static async Task WriteAsync(Stream output, Func<Hdf5Output, Task> write, bool fixedTexts, CancellationToken ct)
    {
        var path = Path.GetTempFileName();
        try
        {
            await using var written = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using (var file = Hdf5Output.Create(path, fixedTexts))
            {
                File.Delete(path);   // both go on by their handles, and a killed process leaves nothing behind
                await write(file);
            }

            await written.CopyToAsync(output, ct);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Writes the pixels as an array of the signal's own shape.</summary>
    public static async Task PixelsAsync(Hdf5Output file, string dataset, ISignal signal, CancellationToken ct)
    {
        var header = signal.Header;
        var shape = header.Shape;
        using var array = file.Array(dataset, header.Pixel, shape, Chunk(shape, header.Pixel.Bytes()));
        var frame = 0L;
        await Frames.ForEachAsync(signal, pixels =>
        {
            var (start, count) = Block(shape, frame++);
            array.Write(start, count, pixels.Span);
            return ValueTask.CompletedTask;
        }, ct);
    }

    /// <summary>Start and size of a frame within an array.</summary>
    public static (long[] Start, long[] Count) Block(IReadOnlyList<long> shape, long frame)
    {
        var start = new long[shape.Count];
        var count = shape.ToArray();
        for (var axis = shape.Count - 3; axis >= 0; axis--)
        {
            (frame, start[axis]) = Math.DivRem(frame, shape[axis]);
            count[axis] = 1;
        }

        return (start, count);
    }

    /// <summary>A frame, or as many of its rows as 4 MiB hold.</summary>
    public static long[] Chunk(IReadOnlyList<long> shape, int bytes)
    {
        var chunk = shape.Select((size, axis) => axis < shape.Count - 2 ? 1 : size).ToArray();
        chunk[^1] = Math.Min(chunk[^1], LargestChunk / bytes);
        if (chunk.Length > 1)
        {
            chunk[^2] = Math.Clamp(LargestChunk / (chunk[^1] * bytes), 1, chunk[^2]);
        }

        return chunk;
    }
}
