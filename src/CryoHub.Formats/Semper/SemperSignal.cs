using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Semper;

/// <summary>Rows of a picture, each a record of its own between two lengths of four bytes.</summary>
internal sealed class SemperSignal : ISignal
{
    private const int LengthBytes = 4;

    private readonly IByteSource source;
    private readonly long offset;
    private readonly int rowBytes;
    private readonly bool bigEndian;

    private SemperSignal(SignalHeader header, IByteSource source, long offset, int rowBytes, bool bigEndian) =>
        (Header, this.source, this.offset, this.rowBytes, this.bigEndian) = (header, source, offset, rowBytes, bigEndian);

    public SignalHeader Header { get; }

    public static SemperSignal Of(SignalHeader header, long columns, IByteSource source, long offset, bool bigEndian)
    {
        PixelBudget.Check(header, source.Length - offset);
        var rowBytes = checked((int)(columns * header.Pixel.Bytes()));
        var rows = header.PixelCount / columns;
        var need = rows * (rowBytes + (2 * LengthBytes));
        return need <= source.Length - offset ? new SemperSignal(header, source, offset, rowBytes, bigEndian)
            : throw ProblemException.Unreadable($"{rows} records of {rowBytes} bytes take {need} bytes with their lengths; the file holds {source.Length - offset}.");
    }

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, Header.FrameCount);
        var record = rowBytes + (2 * LengthBytes);
        var rows = (int)(Header.FrameBytes / rowBytes);
        var packed = new byte[rows * record];
        await source.ReadAsync(offset + (frame * packed.Length), packed, ct);
        for (var row = 0; row < rows; row++)
        {
            packed.AsMemory((row * record) + LengthBytes, rowBytes).CopyTo(destination[(row * rowBytes)..]);
        }

        if (bigEndian)
        {
            ByteOrder.Reverse(Header.Pixel, destination.Span);
        }
    }
}
