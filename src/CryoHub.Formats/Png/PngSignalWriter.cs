using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Pictures;
using CryoHub.Imaging.Statistics;

namespace CryoHub.Formats.Png;

/// <summary>A picture to look at, not to measure in: 8 bit, black to white from the smallest to the largest value.</summary>
public sealed class PngSignalWriter : IFormatWriter
{
    public string Extension => ".png";

    public string Writes => "one image as an 8-bit picture, black to white from its smallest to its largest value, with a scale bar";

    public string? Refusal(SignalHeader header) =>
        header.Axes.Count < 2 || header.Columns is not null || header.FrameCount != 1 || header.Pixel == PixelType.Rgba16 || Math.Max(header.Shape[^1], header.Shape[^2]) > int.MaxValue
            ? $"A PNG file holds one image; {header.Name} is {string.Join(" x ", header.Shape)} {header.Pixel.Name()}."
            : null;

    public async Task<string?> WriteAsync(ISignal signal, Stream output, CancellationToken ct)
    {
        var header = signal.Header;
        if (Refusal(header) is { } refusal)
        {
            throw ProblemException.Invalid(refusal);
        }

        var frame = new byte[header.FrameBytes];
        await signal.ReadFrameAsync(0, frame, ct);
        var (width, height) = ((int)header.Shape[^1], (int)header.Shape[^2]);
        if (header.Pixel.IsColour())
        {
            var bar = header.Kind == SignalKind.Photo ? null : ScaleBar.Draw(frame, width, height, header.Pixel.Bytes(), Step(header.Axes[^1]));
            await output.WriteAsync(PngWriter.Write(frame, width, height, header.Pixel == PixelType.Rgb8 ? PngColour.Rgb : PngColour.Rgba), ct);
            return bar is null ? null : $"The scale bar of {bar} covers pixels in the lower left corner.";
        }

        var values = new double[header.FramePixels];
        PixelConversion.ToDouble(header.Pixel, frame, values);
        var range = new RunningStatistics();
        range.Add(header.Pixel, frame);
        var grey = Grey(values, range.Min, range.Max);
        var said = ScaleBar.Draw(grey, width, height, 1, Step(header.Axes[^1])) is { } drawn ? $"the scale bar is {drawn}" : "no scale bar, as the pixels have no known length or are too few";
        await output.WriteAsync(PngWriter.Write(grey, width, height), ct);
        return FormattableString.Invariant($"Black is {range.Min:R}, white is {range.Max:R}; {range.NonFinite} pixels without a value are black; {said}.");
    }

    private static double? Step(Axis axis) => axis.Values is null ? axis.StepInNanometres() : null;

    private static byte[] Grey(double[] values, double black, double white)
    {
        var factor = white > black ? 255 / (white - black) : 0;
        return Array.ConvertAll(values, value => double.IsFinite(value) ? (byte)Math.Clamp(Math.Round((value - black) * factor), 0, 255) : (byte)0);
    }
}
