using System.Buffers.Binary;
using CryoHub.Imaging;

namespace CryoHub.Formats.AtomProbe;

/// <summary>The sections of an .apt file that have a record for each ion, side by side as columns of float64.</summary>
internal sealed class AptSignal(IByteSource source, SignalHeader header, IReadOnlyList<AptSection> sections) : ISignal
{
    private const int BlockRecords = 64 * 1024;

    public SignalHeader Header { get; } = header;

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame, 0);
        var (ions, width) = (Header.Shape[0], (int)Header.Shape[1]);
        var first = 0;
        foreach (var section in sections)
        {
            var block = new byte[section.RecordBytes * (int)Math.Min(BlockRecords, ions)];
            for (var ion = 0L; ion < ions; ion += BlockRecords)
            {
                ct.ThrowIfCancellationRequested();
                var records = (int)Math.Min(BlockRecords, ions - ion);
                var part = block.AsMemory(0, records * section.RecordBytes);
                await source.ReadAsync(section.At + (ion * section.RecordBytes), part, ct);
                Scatter(section, part.Span, destination.Span[(int)(8 * ((ion * width) + first))..], width);
            }

            first += section.Width;
        }
    }

    private static void Scatter(AptSection section, ReadOnlySpan<byte> from, Span<byte> to, int width)
    {
        var bytes = section.DataBits / 8;
        for (var i = 0; i < from.Length / bytes; i++)
        {
            var (record, column) = (i / section.Width, i % section.Width);
            BinaryPrimitives.WriteDoubleLittleEndian(to[(8 * ((record * width) + column))..], Number(section, from[(i * bytes)..]));
        }
    }

    private static double Number(AptSection section, ReadOnlySpan<byte> field) => (section.DataType, section.DataBits) switch
    {
        (3, 32) => BinaryPrimitives.ReadSingleLittleEndian(field),
        (3, _) => BinaryPrimitives.ReadDoubleLittleEndian(field),
        (1, 8) => (sbyte)field[0],
        (1, 16) => BinaryPrimitives.ReadInt16LittleEndian(field),
        (1, 32) => BinaryPrimitives.ReadInt32LittleEndian(field),
        (1, _) => BinaryPrimitives.ReadInt64LittleEndian(field),
        (_, 8) => field[0],
        (_, 16) => BinaryPrimitives.ReadUInt16LittleEndian(field),
        (_, 32) => BinaryPrimitives.ReadUInt32LittleEndian(field),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(field),
    };
}
