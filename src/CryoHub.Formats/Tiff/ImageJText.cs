using System.Globalization;
using System.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff;

/// <summary>What ImageJ keeps in the description of a page.</summary>
internal static class ImageJText
{
    /// <summary>ImageJ's key and value lines; ASCII, so the micrometre is written <c>um</c>.</summary>
    public static string Of(SignalHeader header)
    {
        var x = header.Axes[^1];
        var text = new StringBuilder("ImageJ=1.54f\n").Append(CultureInfo.InvariantCulture, $"images={header.FrameCount}\n");
        if (header.FrameCount > 1)
        {
            var slices = header.Kind == SignalKind.Volume ? "slices" : "frames";
            text.Append(CultureInfo.InvariantCulture, $"{slices}={header.FrameCount}\n");
            if (header.Kind == SignalKind.Volume && header.Axes[0].IsCalibrated)
            {
                text.Append(CultureInfo.InvariantCulture, $"spacing={header.Axes[0].Step:R}\n");
            }
        }

        if (x.IsCalibrated)
        {
            text.Append(CultureInfo.InvariantCulture, $"unit={x.Unit.Replace('µ', 'u').Replace('μ', 'u').Replace("Å", "A", StringComparison.Ordinal)}\n");
        }

        return text.Append("loop=false\n").ToString();
    }
}
