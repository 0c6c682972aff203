using CryoHub.Imaging.Pictures;
using CryoHub.Imaging.Statistics;

namespace CryoHub.Imaging.Pyramids;

/// <summary>The small picture of a signal in lists.</summary>
internal static class Thumbnail
{
    private const int CurveWidth = 256, CurveHeight = 128;
    private const byte Paper = 255, Ink = 40;

    /// <summary>Grey between the 1st and 99th percentile (of the logarithm for diffraction), colour as it is; what is no number stays mid-grey.</summary>
    public static byte[] Picture(PlaneKeeper kept, bool logarithm)
    {
        var (plan, pixels) = (kept.Plan, kept.Plane);
        if (plan.Pixel.IsColour())
        {
            return plan.Pixel switch
            {
                PixelType.Rgb8 => PngWriter.Write(pixels, plan.Columns, plan.Rows, PngColour.Rgb),
                PixelType.Rgba8 => PngWriter.Write(pixels, plan.Columns, plan.Rows, PngColour.Rgba),
                _ => PngWriter.Write(HighBytes(pixels), plan.Columns, plan.Rows, PngColour.Rgba),
            };
        }

        var values = new double[plan.Rows * plan.Columns];
        PixelConversion.ToDouble(plan.Pixel, pixels, values);
        if (logarithm)
        {
            Logarithm(values);
        }

        var sorted = values.Where(double.IsFinite).Order().ToArray();
        var (low, high) = sorted.Length == 0 ? (0, 1) : (sorted[(sorted.Length - 1) / 100], sorted[(sorted.Length - 1) * 99L / 100]);
        return PngWriter.Write([.. values.Select(value => Grey(value, low, high))], plan.Columns, plan.Rows);
    }

    /// <summary>A curve from its minimum to its maximum; each column of the picture spans the values that fall into it.</summary>
    public static byte[] Curve(IReadOnlyList<double> values)
    {
        var grey = new byte[CurveWidth * CurveHeight];
        Array.Fill(grey, Paper);
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        var (low, high) = (finite.Min(), finite.Max());
        var last = double.NaN;
        for (var x = 0; x < CurveWidth && values.Count > 0; x++)
        {
            var (from, to) = ((long)x * values.Count / CurveWidth, Math.Max((long)(x + 1) * values.Count / CurveWidth, ((long)x * values.Count / CurveWidth) + 1));
            var (bottom, top) = (last, last);
            for (var i = (int)from; i < to; i++)
            {
                bottom = double.MinNumber(bottom, values[i]);
                top = double.MaxNumber(top, values[i]);
                last = values[i];
            }

            for (var y = Height(top, low, high); double.IsFinite(top) && double.IsFinite(bottom) && y <= Height(bottom, low, high); y++)
            {
                grey[(y * CurveWidth) + x] = Ink;
            }
        }

        return PngWriter.Write(grey, CurveWidth, CurveHeight);
    }

    private static int Height(double value, double low, double high) =>
        high > low ? (int)Math.Clamp(Math.Round((CurveHeight - 1) * (1 - ((value - low) / (high - low)))), 0, CurveHeight - 1) : CurveHeight - 1;

    private static byte Grey(double value, double low, double high) =>
        double.IsNaN(value) || high <= low ? (byte)128 : (byte)Math.Round(255 * Math.Clamp((value - low) / (high - low), 0, 1));

    /// <summary>log(1 + value - minimum): counts may be zero and backgrounds negative.</summary>
    private static void Logarithm(Span<double> values)
    {
        var low = double.PositiveInfinity;
        foreach (var value in values)
        {
            low = double.IsFinite(value) ? Math.Min(low, value) : low;
        }

        foreach (ref var value in values)
        {
            value = Math.Log(1 + value - low);
        }
    }

    /// <summary>The more significant byte of each 16-bit sample.</summary>
    private static byte[] HighBytes(ReadOnlySpan<byte> samples)
    {
        var high = new byte[samples.Length / 2];
        for (var i = 0; i < high.Length; i++)
        {
            high[i] = samples[(2 * i) + 1];
        }

        return high;
    }
}
