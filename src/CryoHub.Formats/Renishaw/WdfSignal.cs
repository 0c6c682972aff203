using System.Runtime.InteropServices;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Renishaw;

/// <summary>Spectra one after the other, turned where the file runs from the largest abscissa to the smallest.</summary>
internal sealed class WdfSignal(ISignal raw, bool turned) : ISignal
{
    public SignalHeader Header => raw.Header;

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        await raw.ReadFrameAsync(frame, destination, ct);
        if (!turned)
        {
            return;
        }

        var values = MemoryMarshal.Cast<byte, float>(destination.Span);
        var points = (int)Header.Axes[^1].Size;
        for (var start = 0; start + points <= values.Length; start += points)
        {
            values.Slice(start, points).Reverse();
        }
    }
}
