using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff;

/// <summary>Pages of one kind as a signal: [page axes ..., channel where there are several, y, x].</summary>
internal sealed class TiffSignal(IByteSource file, SignalHeader header, IReadOnlyList<TiffPage> pages) : ISignal
{
    public SignalHeader Header { get; } = header;

    public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        var channels = pages[0].Format.Channels;
        var page = pages[(int)(frame / channels)];
        return channels == 1 ? TiffDecoder.ReadAsync(file, page, destination, ct) : ReadChannelAsync(page, (int)(frame % channels), destination, ct);
    }

    private async ValueTask ReadChannelAsync(TiffPage page, int channel, Memory<byte> destination, CancellationToken ct)
    {
        var all = new byte[page.Format.FrameBytes];
        await TiffDecoder.ReadAsync(file, page, all, ct);
        var bytes = Header.Pixel.Bytes();
        for (var pixel = 0; pixel < destination.Length / bytes; pixel++)
        {
            all.AsSpan(((pixel * page.Format.Channels) + channel) * bytes, bytes).CopyTo(destination.Span[(pixel * bytes)..]);
        }
    }
}
