using System.Globalization;

namespace CryoHub.Imaging.Pictures;

/// <summary>A white bar of a 1-2-5 length on a black plate in the lower left corner, with its length above it.</summary>
public static class ScaleBar
{
    private const int LeastWidth = 64, LeastHeight = 40;

    private static readonly (string Unit, double Nanometres)[] Ladder = [("m", 1e9), ("mm", 1e6), ("µm", 1e3), ("nm", 1), ("pm", 1e-3)];

    /// <summary>Draws it into rows of 8-bit pixels.</summary>
    /// <param name="pixels">Rows from top to bottom.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">Bytes a pixel.</param>
    /// <param name="stepNanometres">Width of a pixel; <c>null</c> where it has no known length.</param>
    /// <returns>The bar's label ("5 nm"); <c>null</c> where the picture is too small, or its pixels have no known length.</returns>
    public static string? Draw(Span<byte> pixels, int width, int height, int channels, double? stepNanometres)
    {
        if (stepNanometres is not { } step || step == 0 || !double.IsFinite(step) || width < LeastWidth || height < LeastHeight)
        {
            return null;
        }

        var nanometres = Step125(Math.Abs(step) * width / 4);
        var (unit, size) = Ladder.FirstOrDefault(rung => nanometres >= rung.Nanometres * (1 - 1e-9), Ladder[^1]);
        var label = $"{Math.Round(nanometres / size, 9).ToString(CultureInfo.InvariantCulture)} {unit}";
        if (label.Any(letter => !"0125nmpµ ".Contains(letter)))
        {
            return null;   // shorter than a picometre
        }

        var scale = Math.Max(1, Math.Min(width / 320, height / 200));
        var bar = (int)Math.Round(nanometres / Math.Abs(step));
        var text = ((Glyphs.Width + 1) * label.Length * scale) - scale;
        var (pad, plate) = (4 * scale, Math.Max(bar, text) + (8 * scale));
        var top = height - pad - (18 * scale);
        Fill(pad, top, plate, 18 * scale, 0, pixels);
        Fill(pad + ((plate - bar) / 2), top + (12 * scale), bar, 3 * scale, 255, pixels);
        Glyphs.Draw(pixels, width, channels, pad + ((plate - text) / 2), top + (3 * scale), scale, label, [255, 255, 255, 255]);
        return label;

        void Fill(int x, int y, int across, int down, byte value, Span<byte> to)
        {
            for (var row = Math.Max(0, y); row < Math.Min(height, y + down); row++)
            {
                var (from, end) = ((row * width) + Math.Max(0, x), (row * width) + Math.Min(width, x + across));
                to[(from * channels)..(end * channels)].Fill(value);
                for (var pixel = from; pixel < end && channels == 4; pixel++)
                {
                    to[(4 * pixel) + 3] = 255;   // the plate is not to be seen through
                }
            }
        }
    }

    /// <summary>Largest 1-2-5 number not above a limit.</summary>
    private static double Step125(double limit)
    {
        var decade = Math.Pow(10, Math.Floor(Math.Log10(limit) + 1e-12));
        return limit >= 5 * decade ? 5 * decade : limit >= 2 * decade ? 2 * decade : decade;
    }
}
