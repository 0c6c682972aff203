using System.Buffers.Binary;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.AtomProbe;

/// <summary>The records of a .pos (four float32, big endian) or .epos file (nine float32, two uint32), a row an ion, read when they are asked for.</summary>
internal sealed class IonListSignal(IByteSource source, SignalHeader header, bool isExtended) : ISignal
{
    private const int Block = 44 * 16 * 1024;

    public SignalHeader Header { get; } = header;

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame, 0);
        var pixels = destination[..(int)Header.FrameBytes];
        if (!isExtended)
        {
            await source.ReadAsync(0, pixels, ct);
            ByteOrder.Reverse(4, pixels.Span);
            return;
        }

        var records = new byte[(int)Math.Min(Block, source.Length)];
        for (var at = 0L; at < source.Length; at += records.Length)
        {
            ct.ThrowIfCancellationRequested();
            var part = records.AsMemory(0, (int)Math.Min(records.Length, source.Length - at));
            await source.ReadAsync(at, part, ct);
            Widen(part.Span, pixels.Span[(int)(2 * at)..]);
        }
    }

    /// <summary>Counts of pulses may exceed what a float32 holds exactly, so extended records become float64.</summary>
    private static void Widen(ReadOnlySpan<byte> records, Span<byte> pixels)
    {
        for (var i = 0; i < records.Length / 4; i++)
        {
            var field = records[(4 * i)..];
            var value = i % 11 < 9 ? BinaryPrimitives.ReadSingleBigEndian(field) : (double)BinaryPrimitives.ReadUInt32BigEndian(field);
            BinaryPrimitives.WriteDoubleLittleEndian(pixels[(8 * i)..], value);
        }
    }
}
