using System.Buffers.Binary;
using CryoHub.Imaging;

namespace CryoHub.Formats.Png;

/// <summary>One picture, unpacked row by row when it is read.</summary>
internal sealed class PngSignal(SignalHeader header, PngHeader png) : ISignal
{
    /// <summary>First column and row, and steps, of the seven passes of an interlaced picture (Adam7); the whole picture is a single pass.</summary>
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    public SignalHeader Header { get; } = header;

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame, 0);
        try
        {
            await using var rows = png.Rows();
            foreach (var (x, y, stepX, stepY) in png.Interlaced ? Adam7 : [(0, 0, 1, 1)])
            {
                var columns = (png.Width - x + stepX - 1) / stepX;
                if (columns > 0 && y < png.Height)
                {
                    await PassAsync(rows, (x, stepX, columns), (y, stepY), destination, ct);
                }
            }
        }
        catch (Exception damaged) when (damaged is InvalidDataException or IOException)
        {
            throw ProblemException.Unreadable($"The picture's data is damaged or cut: {damaged.Message}", damaged);
        }
    }

    private async Task PassAsync(Stream rows, (int First, int Step, int Count) x, (int First, int Step) y, Memory<byte> destination, CancellationToken ct)
    {
        var line = new byte[png.RowBytes(x.Count) + 1];
        var above = new byte[line.Length];
        for (var row = y.First; row < png.Height; row += y.Step)
        {
            ct.ThrowIfCancellationRequested();
            await rows.ReadExactlyAsync(line, ct);
            Unfilter(line.AsSpan(1), above.AsSpan(1), line[0], png.FilterBytes);
            Place(line.AsSpan(1), destination.Span, (long)row * png.Width, x);
            (line, above) = (above, line);
        }
    }

    /// <summary>Adds the prediction from the pixel before (a), above (b) and before above (c), as the specification's section 9 defines.</summary>
    private static void Unfilter(Span<byte> line, ReadOnlySpan<byte> above, byte filter, int step)
    {
        for (var i = 0; i < line.Length; i++)
        {
            int a = i >= step ? line[i - step] : 0, b = above[i], c = i >= step ? above[i - step] : 0;
            line[i] += filter switch
            {
                0 => 0,
                1 => (byte)a,
                2 => (byte)b,
                3 => (byte)((a + b) / 2),
                4 => (byte)Paeth(a, b, c),
                _ => throw ProblemException.Unreadable($"A row is filtered by method {filter}; 0 to 4 are possible."),
            };
        }
    }

    private static int Paeth(int a, int b, int c)
    {
        var (toA, toB, toC) = (Math.Abs(b - c), Math.Abs(a - c), Math.Abs(a + b - c - c));
        return toA <= toB && toA <= toC ? a : toB <= toC ? b : c;
    }

    private void Place(ReadOnlySpan<byte> line, Span<byte> destination, long rowStart, (int First, int Step, int Count) x)
    {
        var bytes = Header.Pixel.Bytes();
        for (var i = 0; i < x.Count; i++)
        {
            Pixel(line, i, destination.Slice((int)((rowStart + x.First + ((long)i * x.Step)) * bytes), bytes));
        }
    }

    private void Pixel(ReadOnlySpan<byte> line, int column, Span<byte> pixel)
    {
        switch (png.Colour)
        {
            case 3:
                var index = Sample(line, column);
                var colour = (3 * index) + 3 <= png.Palette.Length ? png.Palette.AsSpan(3 * index, 3) : png.Palette.AsSpan(0, 3);
                colour.CopyTo(pixel);
                if (pixel.Length == 4)
                {
                    pixel[3] = index < png.Alpha.Length ? png.Alpha[index] : byte.MaxValue;
                }

                break;
            case 0 when png.Bits < 8:
                pixel[0] = (byte)Sample(line, column);
                break;
            default:
                Samples(line, column, pixel);
                break;
        }
    }

    /// <summary>Whole bytes or words: grey is repeated where there is alpha, alpha is full where there is none.</summary>
    private void Samples(ReadOnlySpan<byte> line, int column, Span<byte> pixel)
    {
        var size = png.Bits / 8;
        var parts = pixel.Length / size;
        for (var part = 0; part < parts; part++)
        {
            var source = (png.Channels, parts) switch
            {
                (2, 4) => part == 3 ? 1 : 0,
                (3, 4) => part == 3 ? -1 : part,
                _ => part,
            };
            var at = ((column * png.Channels) + source) * size;
            if (size == 1)
            {
                pixel[part] = source < 0 ? byte.MaxValue : line[at];
            }
            else
            {
                BinaryPrimitives.WriteUInt16LittleEndian(pixel[(2 * part)..], source < 0 ? ushort.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(line[at..]));
            }
        }
    }

    /// <summary>One sample of 1 to 8 bits, the leftmost in the high bits.</summary>
    private int Sample(ReadOnlySpan<byte> line, int column)
    {
        var bit = column * png.Bits;
        return (line[bit / 8] >> (8 - png.Bits - (bit % 8))) & ((1 << png.Bits) - 1);
    }
}
