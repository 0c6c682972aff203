using System.Runtime.InteropServices;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Jeol;

/// <summary>Spectrum maps (.pts): a stream of events behind a tree; the electron image is in the stream too.</summary>
internal static class JeolMap
{
    public static async Task<IReadOnlyList<ISignal>> OpenAsync(IByteSource file, string name, CancellationToken ct)
    {
        var cursor = new ByteCursor(file, bigEndian: false);
        cursor.MoveTo(20);
        var head = (uint)await cursor.Int32Async(ct);               // 20: the tree, after 12 empty bytes
        cursor.Skip(4);
        var (start, length) = ((uint)await cursor.Int32Async(ct), (uint)await cursor.Int32Async(ct));   // 28: events, 32: their bytes
        cursor.MoveTo(296);
        var moment = JeolMoment.Iso(await cursor.Float64Async(ct));
        var tree = await JeolTree.ReadAsync(file, head + 12L, ct);
        var measured = tree.Find("PTTD Data", "AnalyzableMap MeasData") ?? throw ProblemException.Unreadable($"{name} holds no PTTD Data/AnalyzableMap MeasData.");
        var (width, height) = Size(measured.Find("Meas Cond", "Pixels")?.Text);
        if (start > file.Length)
        {
            throw ProblemException.Unreadable($"The events are said to begin at byte {start} of a file of {file.Length}.");
        }

        // The stated length is older than the measurement's end where it was broken off.
        var events = await JeolEvents.IndexAsync(file, start, length > 0 && start + (long)length <= file.Length ? start + (long)length : file.Length, width, height, ct);
        var conditions = tree.Find("PTTD Param", "Params");
        var field = conditions?.Page("SEM")?.Find("ScanSize")?.Number / measured.Find("MeasCond", "Mag")?.Number * 1e3;
        Axis[] image = [JeolImage.Axis("y", height, field), JeolImage.Axis("x", width, field)];
        var metadata = new AcquisitionMetadata
        {
            BeamEnergyKeV = measured.Find("MeasCond", "AccKV")?.Number,
            Magnification = measured.Find("MeasCond", "Mag")?.Number,
            ExposureS = measured.Find("Doc", "RealTime")?.Number,
            Instrument = conditions?.Page("SEM")?.Find("SEM")?.Text,
            Detector = conditions?.Page("SEM")?.Find("DetT")?.Text,
            AcquiredAt = moment,
        };
        var original = new MetadataTree(tree.Original() as System.Text.Json.Nodes.JsonObject ?? []);
        var pixel = events.Largest < byte.MaxValue ? PixelType.UInt8 : events.Largest < ushort.MaxValue ? PixelType.UInt16 : PixelType.UInt32;
        var map = new MapSignal(new SignalHeader(name, SignalKind.SpectrumImage, pixel, [.. image, Energy(tree, measured)], metadata, original), events);
        return events.HasImage ? [map, new ImageSignal(new SignalHeader($"{name} image", SignalKind.Image, PixelType.UInt32, image, metadata, original), events)] : [map];
    }

    private static (int Width, int Height) Size(string? text)
    {
        var parts = text?.Split('x') ?? [];
        return parts.Length == 2 && int.TryParse(parts[0], out var width) && int.TryParse(parts[1], out var height) && width is > 0 and <= 4096 && height is > 0 and <= 4096
            ? (width, height)
            : throw ProblemException.Unreadable($"The map states its size as \"{text}\"; two numbers of 1 to 4096 were expected.");
    }

    /// <summary>The channel of zero energy depends on the pulse processor's setting.</summary>
    private static Axis Energy(JeolNode tree, JeolNode measured)
    {
        var (step, origin) = (measured.Find("Doc", "CoefA")?.Number, measured.Find("Doc", "CoefB")?.Number);
        var template = measured.Find("Meas Cond", "Tpl")?.Text;
        var zero = template is null ? null : tree.Find("PTTD Param", "Params")?.Page("EDXRF")?.Find("Tpl", template, "DigZ")?.Number;
        return step is > 0 && origin is not null && zero is not null
            ? new Axis("Energy", JeolEvents.Channels, "keV", AxisRole.Energy, step.Value, origin.Value - (step.Value * zero.Value))
            : new Axis("Energy", JeolEvents.Channels, "", AxisRole.Energy);
    }

    private sealed class MapSignal(SignalHeader header, JeolEvents events) : ISignal
    {
        public SignalHeader Header { get; } = header;

        public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)frame, (ulong)events.Height);
            destination.Span.Clear();
            await events.VisitAsync(
                frame,
                Header.Pixel switch
                {
                    PixelType.UInt8 => at => destination.Span[at]++,
                    PixelType.UInt16 => at => MemoryMarshal.Cast<byte, ushort>(destination.Span)[at]++,
                    _ => at => MemoryMarshal.Cast<byte, uint>(destination.Span)[at]++,
                },
                null,
                ct);
        }
    }

    /// <summary>The brightness of all sweeps together.</summary>
    private sealed class ImageSignal(SignalHeader header, JeolEvents events) : ISignal
    {
        public SignalHeader Header { get; } = header;

        public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(frame, 0);
            destination.Span.Clear();
            for (var row = 0; row < events.Height; row++)
            {
                var start = row * events.Width;
                await events.VisitAsync(row, _ => { }, (column, value) => MemoryMarshal.Cast<byte, uint>(destination.Span)[start + column] += (uint)value, ct);
            }
        }
    }
}
