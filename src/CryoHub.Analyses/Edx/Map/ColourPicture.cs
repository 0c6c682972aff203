using System.Globalization;
using CryoHub.Imaging.Pictures;

namespace CryoHub.Analyses.Edx.Map;

/// <summary>Up to six maps in one picture, each a colour from black (0) to full, added up; with a legend beside it and a scale bar.</summary>
internal static class ColourPicture
{
    public const int Most = 6;

    private const int LeastSide = 512, Text = 2, Pad = 8;

    private static readonly byte[][] Colours = [[255, 40, 40], [40, 220, 60], [70, 110, 255], [240, 220, 40], [240, 60, 230], [40, 220, 230]];

    private static readonly string[] ColourNames = ["red", "green", "blue", "yellow", "magenta", "cyan"];

    public static string NameOf(int place) => ColourNames[place];

    /// <summary>A PNG; <paramref name="stepNanometres"/> is a pixel's width, <c>null</c> where it has no length.</summary>
    public static byte[] Draw(IReadOnlyList<ElementMap> maps, int rows, int columns, double? stepNanometres, double clippedPercent)
    {
        var zoom = Math.Max(1, (LeastSide + Math.Min(rows, columns) - 1) / Math.Min(rows, columns));
        double[] full = [.. maps.Select(map => Full(map.Values, clippedPercent))];
        string[] legend = [.. maps.Select((map, i) => string.Create(CultureInfo.InvariantCulture, $"{map.Symbol} 0-{full[i]:G3} {map.Unit}"))];
        var panel = (3 * Pad) + (Glyphs.Height * Text) + legend.Max(text => Glyphs.WidthOf(text, Text));
        var (across, down) = ((columns * zoom) + panel, rows * zoom);
        var picture = Pixels(maps, full, rows, columns, zoom);
        ScaleBar.Draw(picture, columns * zoom, down, 3, stepNanometres / zoom);
        var sheet = new byte[across * down * 3];
        for (var row = 0; row < down; row++)
        {
            picture.AsSpan(row * columns * zoom * 3, columns * zoom * 3).CopyTo(sheet.AsSpan(row * across * 3));
        }

        for (var i = 0; i < maps.Count; i++)
        {
            var (left, top, size) = ((columns * zoom) + Pad, Pad + (i * ((Glyphs.Height * Text) + Pad)), Glyphs.Height * Text);
            for (var y = top; y < Math.Min(down, top + size); y++)
            {
                for (var x = left; x < left + size; x++)
                {
                    Colours[i].CopyTo(sheet.AsSpan(((y * across) + x) * 3));
                }
            }

            Glyphs.Draw(sheet, across, 3, left + size + Pad, top, Text, legend[i], [255, 255, 255]);
        }

        return PngWriter.Write(sheet, across, down, PngColour.Rgb);
    }

    private static byte[] Pixels(IReadOnlyList<ElementMap> maps, double[] full, int rows, int columns, int zoom)
    {
        var picture = new byte[rows * columns * zoom * zoom * 3];
        Span<double> sum = stackalloc double[3];
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                sum.Clear();
                for (var i = 0; i < maps.Count; i++)
                {
                    var value = maps[i].Values[(y * columns) + x];
                    var strength = float.IsFinite(value) ? Math.Clamp(value / full[i], 0, 1) : 0;
                    for (var c = 0; c < 3; c++)
                    {
                        sum[c] += strength * Colours[i][c];
                    }
                }

                for (var y2 = y * zoom; y2 < (y + 1) * zoom; y2++)
                {
                    for (var x2 = x * zoom; x2 < (x + 1) * zoom; x2++)
                    {
                        for (var c = 0; c < 3; c++)
                        {
                            picture[(((y2 * columns * zoom) + x2) * 3) + c] = (byte)Math.Min(255, sum[c]);
                        }
                    }
                }
            }
        }

        return picture;
    }

    /// <summary>The value that only the clipped share of the pixels exceeds.</summary>
    private static double Full(float[] values, double clippedPercent)
    {
        float[] sorted = [.. values.Where(float.IsFinite).Order()];
        var value = sorted.Length == 0 ? 0 : sorted[(int)Math.Min(sorted.Length - 1, Math.Floor((1 - (clippedPercent / 100)) * sorted.Length))];
        return value > 0 ? value : sorted.Length > 0 && sorted[^1] > 0 ? sorted[^1] : 1;
    }
}
