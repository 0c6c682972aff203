using CryoHub.Numerics.Fourier;

namespace CryoHub.Numerics.Filtering;

/// <summary>
/// Removes vertical stripes (curtains): the image is split by wavelets, and in every level's part that is smooth along the columns and detailed along the rows the
/// low frequencies along the columns are dampened by 1 - exp(-k^2 / 2 s^2) (Münch et al., Opt. Express 17 (2009) 8567, doi:10.1364/OE.17.008567).
/// </summary>
public static class CurtainFilter
{
    /// <summary>Filters <paramref name="image"/> [rows, columns] in place.</summary>
    /// <param name="image">The image; its mean is kept.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="levels">Wavelet levels: stripes up to about 2^levels pixels wide.</param>
    /// <param name="sigma">s, in periods over the image's height: larger removes shorter stripes too.</param>
    public static void Vertical(Span<float> image, int rows, int columns, int levels, double sigma)
    {
        var unit = 1 << levels;
        var (height, width) = (Whole(rows + 16, unit), Whole(columns + 16, unit));
        var padded = new float[height * width];
        for (var y = 0; y < height; y++)
        {
            var from = image.Slice(Mirror(y, rows, height) * columns, columns);
            for (var x = 0; x < width; x++)
            {
                padded[(y * width) + x] = from[Mirror(x, columns, width)];
            }
        }

        Level(padded, height, width, levels, sigma);
        for (var y = 0; y < rows; y++)
        {
            padded.AsSpan(y * width, columns).CopyTo(image.Slice(y * columns, columns));
        }
    }

    private static void Level(float[] image, int rows, int columns, int levels, double sigma)
    {
        var (halfRows, halfColumns) = (rows / 2, columns / 2);
        var (smooth, detail) = (new float[rows * halfColumns], new float[rows * halfColumns]);
        for (var y = 0; y < rows; y++)
        {
            Daubechies.Split(image.AsSpan(y * columns, columns), smooth.AsSpan(y * halfColumns, halfColumns), detail.AsSpan(y * halfColumns, halfColumns));
        }

        // Parts are kept transposed, [column][row], for what follows runs along the columns.
        var (smoothSmooth, smoothDetail) = Columns(smooth, rows, halfColumns);
        var (stripes, fine) = Columns(detail, rows, halfColumns);
        Dampen(stripes, halfColumns, halfRows, sigma);
        if (levels > 1)
        {
            var next = Transpose(smoothSmooth, halfColumns, halfRows);
            Level(next, halfRows, halfColumns, levels - 1, sigma);
            smoothSmooth = Transpose(next, halfRows, halfColumns);
        }

        smooth = JoinColumns(smoothSmooth, smoothDetail, rows, halfColumns);
        detail = JoinColumns(stripes, fine, rows, halfColumns);
        for (var y = 0; y < rows; y++)
        {
            Daubechies.Join(smooth.AsSpan(y * halfColumns, halfColumns), detail.AsSpan(y * halfColumns, halfColumns), image.AsSpan(y * columns, columns));
        }
    }

    private static (float[] Smooth, float[] Detail) Columns(float[] part, int rows, int columns)
    {
        var turned = Transpose(part, rows, columns);
        var (smooth, detail) = (new float[part.Length / 2], new float[part.Length / 2]);
        for (var x = 0; x < columns; x++)
        {
            Daubechies.Split(turned.AsSpan(x * rows, rows), smooth.AsSpan(x * rows / 2, rows / 2), detail.AsSpan(x * rows / 2, rows / 2));
        }

        return (smooth, detail);
    }

    private static float[] JoinColumns(float[] smooth, float[] detail, int rows, int columns)
    {
        var turned = new float[rows * columns];
        for (var x = 0; x < columns; x++)
        {
            Daubechies.Join(smooth.AsSpan(x * rows / 2, rows / 2), detail.AsSpan(x * rows / 2, rows / 2), turned.AsSpan(x * rows, rows));
        }

        return Transpose(turned, columns, rows);
    }

    /// <summary>Each line is a column of the picture: what hardly changes along it is stripe.</summary>
    private static void Dampen(float[] lines, int count, int length, double sigma)
    {
        using var data = new AlignedFloats(count * length);
        using var spectra = new AlignedFloats(count * RealFourier.HalfLength(length));
        lines.CopyTo(data.Span);
        RealFourier.ForwardRows(data.Span, count, length, spectra.Span);
        var half = RealFourier.HalfLength(length);
        for (var k = 0; 2 * k < half; k++)
        {
            var factor = (float)((1 - Math.Exp(-k * (double)k / (2 * sigma * sigma))) / length);
            for (var line = 0; line < count; line++)
            {
                spectra.Span[(line * half) + (2 * k)] *= factor;
                spectra.Span[(line * half) + (2 * k) + 1] *= factor;
            }
        }

        RealFourier.InverseRows(spectra.Span, count, length, data.Span);
        data.Span.CopyTo(lines);
    }

    private static float[] Transpose(float[] part, int rows, int columns)
    {
        var turned = new float[part.Length];
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                turned[(x * rows) + y] = part[(y * columns) + x];
            }
        }

        return turned;
    }

    private static int Whole(int length, int unit) => (length + unit - 1) / unit * unit;

    /// <summary>Behind the image lies its mirror picture at the end, and at the very end, as the transform is periodic, that of its beginning.</summary>
    private static int Mirror(int i, int length, int padded)
    {
        var beyond = i - length;
        return beyond < 0 ? i : beyond < (padded - length) / 2 ? Math.Max(0, length - 1 - beyond) : Math.Min(length - 1, padded - 1 - i);
    }
}
