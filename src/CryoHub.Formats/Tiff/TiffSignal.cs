using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff;

/// <summary>Pages of one kind as a signal: [page axes ..., channel where there are several, y, x]. They may be in several files.</summary>
internal sealed class TiffSignal(SignalHeader header, IReadOnlyList<(IByteSource File, TiffPage Page)> pages) : ISignal
{
    public SignalHeader Header { get; } = header;

    /// <summary>The description's axes over the pages are used where they count as many pages as there are.</summary>
    public static TiffSignal Of(string name, IReadOnlyList<(IByteSource File, TiffPage Page)> pages, TiffDescription description, JsonObject original)
    {
        var format = pages[0].Page.Format;
        var described = description.Leading.Count > 0 && description.Leading.Aggregate(1m, (product, axis) => product * axis.Size) == pages.Count;
        var axes = new List<Axis>(described ? description.Leading : pages.Count > 1 ? [new Axis("frame", pages.Count, "", AxisRole.Frame)] : []);
        if (format.Channels > 1)
        {
            axes.Add(new Axis("channel", format.Channels, "", AxisRole.Channel));
        }

        axes.Add(new Axis("y", format.Height, description.Y.Unit, description.Role, description.Y.Step, description.Y.Origin));
        axes.Add(new Axis("x", format.Width, description.X.Unit, description.Role, description.X.Step, description.X.Origin));
        return new TiffSignal(new SignalHeader(name, Kind(format, axes), format.Pixel, axes, description.Metadata, new MetadataTree(original)) { Labels = description.Labels }, pages);
    }

    public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        var channels = pages[0].Page.Format.Channels;
        var (file, page) = pages[(int)(frame / channels)];
        return channels == 1 ? TiffDecoder.ReadAsync(file, page, destination, ct) : ReadChannelAsync(file, page, (int)(frame % channels), destination, ct);
    }

    private static SignalKind Kind(TiffPixelFormat format, List<Axis> axes) => axes switch
    {
        [_, _] when format.Pixel.IsColour() => SignalKind.Photo,
        [_, { Role: AxisRole.Reciprocal }] => SignalKind.Diffraction,
        [_, _] => SignalKind.Image,
        [{ Name: "z" }, _, _] => SignalKind.Volume,
        _ => SignalKind.ImageStack,
    };

    private async ValueTask ReadChannelAsync(IByteSource file, TiffPage page, int channel, Memory<byte> destination, CancellationToken ct)
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
