using System.Runtime.InteropServices;
using CryoHub.Imaging;

namespace CryoHub.Formats.Bytes;

/// <summary>
/// A spectrum image stored plane by plane, [energy, y, x], handed out as [y, x, energy]. Rows are turned in blocks, so that a file is read in long runs and not
/// more than <see cref="BlockBytes"/> are held.
/// </summary>
public sealed class EnergySlowestSignal(SignalHeader header, long energies, int pixelBytes, EnergySlowestSignal.ReadBytes read) : ISignal
{
    private const long BlockBytes = 32 << 20;

    private readonly SemaphoreSlim turning = new(1, 1);
    private Block? newest;

    /// <summary>Reads from a byte within the stored pixels.</summary>
    public delegate ValueTask ReadBytes(long at, Memory<byte> destination, CancellationToken ct);

    public SignalHeader Header { get; } = header;

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, Header.FrameCount);
        await turning.WaitAsync(ct);
        try
        {
            if (newest is not { } block || frame < block.First || frame >= block.First + block.Count)
            {
                block = newest = await TurnAsync(frame, ct);
            }

            block.Pixels.AsMemory((int)((frame - block.First) * Header.FrameBytes), (int)Header.FrameBytes).CopyTo(destination);
        }
        finally
        {
            turning.Release();
        }
    }

    private async Task<Block> TurnAsync(long first, CancellationToken ct)
    {
        var perFrame = Header.FramePixels / energies;   // spectra of one frame
        var count = (int)Math.Clamp(BlockBytes / Header.FrameBytes, 1, Header.FrameCount - first);
        var spectra = (int)(count * perFrame);
        var plane = new byte[spectra * pixelBytes];
        var turned = new byte[count * Header.FrameBytes];
        var planeBytes = Header.FrameCount * perFrame * pixelBytes;
        for (var energy = 0; energy < energies; energy++)
        {
            ct.ThrowIfCancellationRequested();
            await read((energy * planeBytes) + (first * perFrame * pixelBytes), plane, ct);
            Scatter(plane, turned, energy);
        }

        return new Block(first, count, turned);
    }

    private void Scatter(byte[] plane, byte[] turned, int energy)
    {
        switch (pixelBytes)
        {
            case 1: Scatter<byte>(plane, turned, energy); break;
            case 2: Scatter<ushort>(plane, turned, energy); break;
            case 4: Scatter<uint>(plane, turned, energy); break;
            case 8: Scatter<ulong>(plane, turned, energy); break;
            default: Scatter<UInt128>(plane, turned, energy); break;
        }
    }

    private void Scatter<T>(ReadOnlySpan<byte> plane, Span<byte> turned, int energy)
        where T : unmanaged
    {
        var from = MemoryMarshal.Cast<byte, T>(plane);
        var to = MemoryMarshal.Cast<byte, T>(turned);
        var step = (int)energies;
        for (var i = 0; i < from.Length; i++)
        {
            to[(i * step) + energy] = from[i];
        }
    }

    private sealed record Block(long First, int Count, byte[] Pixels);
}
