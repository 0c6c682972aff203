using System.Buffers;
using System.Runtime.InteropServices;
using CryoHub.Imaging;

namespace CryoHub.Formats.Jeol;

/// <summary>
/// The stream of a spectrum map: words of four bits that say what, and twelve that say how much. 8: column, 9: row, A: brightness of the electron image, B: one
/// X-ray in that channel. Columns and rows count to 4096 whatever the map's size. The map is swept many times; a row that goes back begins the next sweep.
/// </summary>
internal sealed class JeolEvents
{
    public const int Channels = 4096;

    private const int Full = 4096;
    private const int BlockWords = 1 << 17;

    private readonly IByteSource file;
    private readonly int columnStep;
    private readonly List<Segment>[] rows;

    private JeolEvents(IByteSource file, int width, int height)
    {
        this.file = file;
        Width = width;
        columnStep = Full / width;
        rows = new List<Segment>[height];
        for (var row = 0; row < height; row++)
        {
            rows[row] = [];
        }
    }

    public int Width { get; }

    public int Height => rows.Length;

    /// <summary>Complete sweeps.</summary>
    public int Sweeps { get; private set; }

    public bool HasImage { get; private set; }

    /// <summary>The largest count of any channel of any pixel: the type of the counts must hold it.</summary>
    public uint Largest { get; private set; }

    /// <summary>One walk finds the rows of every sweep, a second one the largest count.</summary>
    public static async Task<JeolEvents> IndexAsync(IByteSource file, long start, long end, int width, int height, CancellationToken ct)
    {
        var events = new JeolEvents(file, width, height);
        await events.FindRowsAsync(start, end, ct);
        await events.FindLargestAsync(ct);
        return events;
    }

    /// <summary>Adds up one row: an increment for each X-ray (at column * 4096 + channel), or the brightness of each pixel.</summary>
    public async ValueTask VisitAsync(long row, Action<int> xray, Action<int, int>? brightness, CancellationToken ct)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockWords * sizeof(ushort));
        try
        {
            foreach (var segment in rows[row])
            {
                var column = 0;
                for (var at = segment.Start; at < segment.End; at += BlockWords * sizeof(ushort))
                {
                    ct.ThrowIfCancellationRequested();
                    var bytes = (int)Math.Min(BlockWords * sizeof(ushort), segment.End - at);
                    await file.ReadAsync(at, block.AsMemory(0, bytes), ct);
                    column = Visit(MemoryMarshal.Cast<byte, ushort>(block.AsSpan(0, bytes)), column, xray, brightness);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private int Visit(ReadOnlySpan<ushort> words, int column, Action<int> xray, Action<int, int>? brightness)
    {
        foreach (var word in words)
        {
            var value = word & 0xFFF;
            switch (word >> 12)
            {
                case 0x8:
                    column = value / columnStep;
                    break;
                case 0xA when column < Width:
                    brightness?.Invoke(column, value);
                    break;
                case 0xB when column < Width:
                    xray((column * Channels) + value);
                    break;
            }
        }

        return column;
    }

    private async Task FindRowsAsync(long start, long end, CancellationToken ct)
    {
        var rowStep = Full / Height;
        var most = Math.Max(1 << 19, (end - start) / 128);      // a row of a real map holds far more than 64 words
        var sweep = new List<(int Row, Segment Segment)>();
        var (row, first, lastRow, lastColumn, image) = (0, start, -1, 0, false);
        var block = new byte[BlockWords * sizeof(ushort)];
        var total = 0L;
        for (var at = start; at < end; at += block.Length)
        {
            ct.ThrowIfCancellationRequested();
            var bytes = (int)Math.Min(block.Length, end - at) & ~1;
            await file.ReadAsync(at, block.AsMemory(0, bytes), ct);
            for (var i = 0; i < bytes; i += sizeof(ushort))
            {
                var word = block[i] | (block[i + 1] << 8);
                var value = word & 0xFFF;
                switch (word >> 12)
                {
                    case 0x8:
                        lastColumn = value;
                        break;
                    case 0xA:
                        image = true;
                        break;
                    case 0x9:
                        sweep.Add((row, new Segment(first, at + i)));
                        (row, first) = (value / rowStep, at + i);
                        if (value < lastRow)
                        {
                            if (!Accept(sweep, lastRow, lastColumn, image))
                            {
                                return;
                            }

                            lastColumn = 0;
                        }

                        lastRow = value;
                        if (++total > most)
                        {
                            throw ProblemException.Unreadable($"The events change their row more than {most} times in {end - start} bytes.");
                        }

                        break;
                }
            }
        }

        sweep.Add((row, new Segment(first, start + ((end - start) & ~1L))));
        Accept(sweep, lastRow, lastColumn, image);
    }

    /// <summary>A sweep that was broken off is left out, so that every pixel was measured equally long; unless there is no other.</summary>
    private bool Accept(List<(int Row, Segment Segment)> sweep, int lastRow, int lastColumn, bool image)
    {
        HasImage |= image;
        var complete = lastRow >= Full - (Full / Height) && (!HasImage || lastColumn >= Full - columnStep);
        if (complete || Sweeps == 0)
        {
            foreach (var (row, segment) in sweep.Where(part => part.Row < Height && part.Segment.End > part.Segment.Start))
            {
                rows[row].Add(segment);
            }
        }

        Sweeps += complete ? 1 : 0;
        sweep.Clear();
        return complete;
    }

    private async Task FindLargestAsync(CancellationToken ct)
    {
        var counts = new ushort[Width * Channels];
        for (var row = 0; row < Height; row++)
        {
            if (rows[row].Count == 0)
            {
                continue;
            }

            var largest = Largest;
            await VisitAsync(row, at => largest = Math.Max(largest, counts[at] = (ushort)Math.Min(counts[at] + 1, ushort.MaxValue)), null, ct);
            await VisitAsync(row, at => counts[at] = 0, null, ct);
            Largest = largest;
        }
    }

    private readonly record struct Segment(long Start, long End);
}
