using System.Runtime.InteropServices;
using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.Emd;

/// <summary>
/// Spectrum streams as a spectrum image: an event is the number of its channel, 65535 means "next pixel". The streams are walked once, at the first row asked for, to
/// find where each row of each frame begins; a row is then read from its own pieces, so memory does not follow the size of the streams.
/// </summary>
internal sealed class VeloxStreamSignal(Hdf5File file, SignalHeader header, IReadOnlyList<Hdf5Dataset> streams, int frames) : ISignal
{
    private const ushort NextPixel = ushort.MaxValue;
    private const int Piece = 1 << 18;

    private readonly Lock gate = new();
    private List<List<long>>? rows;

    public SignalHeader Header { get; } = header;

    public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        List<List<long>> index;
        lock (gate)
        {
            index = rows ??= [.. streams.Select(stream => Rows(stream, ct))];
        }

        var counts = MemoryMarshal.Cast<byte, ushort>(destination.Span);
        counts.Clear();
        for (var stream = 0; stream < streams.Count; stream++)
        {
            for (var row = (int)frame; row + 1 < index[stream].Count; row += (int)Header.Shape[0])
            {
                Add(streams[stream], index[stream][row], index[stream][row + 1], counts, ct);
            }
        }

        return ValueTask.CompletedTask;
    }

    // Offsets of the rows of all frames, and the end.
    private List<long> Rows(Hdf5Dataset stream, CancellationToken ct)
    {
        var starts = new List<long> { 0 };
        var column = 0L;
        var last = Header.Shape[0] * frames;
        foreach (var (offset, events) in Pieces(stream, 0, stream.Shape[0], ct))
        {
            for (var i = 0; i < events.Length && starts.Count <= last; i++)
            {
                if (events[i] == NextPixel && ++column == Header.Shape[1])
                {
                    column = 0;
                    starts.Add(offset + i + 1);
                }
            }
        }

        // What follows the last complete row are events of a row that was cut off.
        if (starts.Count <= last && starts[^1] < stream.Shape[0])
        {
            starts.Add(stream.Shape[0]);
        }

        return starts;
    }

    private void Add(Hdf5Dataset stream, long start, long end, Span<ushort> counts, CancellationToken ct)
    {
        var channels = (int)Header.Shape[2];
        var pixel = counts[..channels];
        var column = 0;
        foreach (var (_, events) in Pieces(stream, start, end, ct))
        {
            foreach (var channel in events)
            {
                if (channel == NextPixel)
                {
                    column = Math.Min(column + 1, (int)Header.Shape[1] - 1);
                    pixel = counts.Slice(column * channels, channels);
                }
                else if (channel < channels && ++pixel[channel] == 0)
                {
                    throw ProblemException.Unreadable($"Channel {channel} of a pixel counts more than {ushort.MaxValue} events; the stream's encoding, uint16, cannot hold them.");
                }
            }
        }
    }

    private IEnumerable<(long Offset, ushort[] Events)> Pieces(Hdf5Dataset stream, long start, long end, CancellationToken ct)
    {
        for (var at = start; at < end; at += Piece)
        {
            ct.ThrowIfCancellationRequested();
            var events = new ushort[Math.Min(Piece, end - at)];
            file.Read(stream, [at, 0], [events.Length, 1], MemoryMarshal.AsBytes(events.AsSpan()));
            yield return (at, events);
        }
    }
}
