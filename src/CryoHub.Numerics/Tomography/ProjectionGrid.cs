namespace CryoHub.Numerics.Tomography;

/// <summary>
/// Takes a projection image [rows, columns] to the grid of the reconstruction: u across the tilt axis, v along it, both counted from the image's middle.
/// The axis points <c>angle</c> degrees counter-clockwise (as seen on the screen, y down) from the image's upward direction; 0 leaves the image as it is.
/// </summary>
public sealed class ProjectionGrid
{
    private readonly int rows;
    private readonly int columns;
    private readonly double cos;
    private readonly double sin;

    /// <summary>The grid of images of that size around a tilt axis of that direction.</summary>
    public ProjectionGrid(int rows, int columns, double axisDegrees)
    {
        (this.rows, this.columns) = (rows, columns);
        var quarter = Math.Round(axisDegrees / 90);
        var exact = Math.Abs(axisDegrees - (90 * quarter)) < 1e-9; // multiples of 90 degrees must not blur
        var radians = axisDegrees * Math.PI / 180;
        cos = exact ? Math.Round(Math.Cos(radians)) : Math.Cos(radians);
        sin = exact ? Math.Round(Math.Sin(radians)) : Math.Sin(radians);
        var lies = Math.Abs(sin) > Math.Abs(cos);
        Across = lies ? rows : columns;
        Along = lies ? columns : rows;
    }

    /// <summary>Pixels across the axis.</summary>
    public int Across { get; }

    /// <summary>Pixels along the axis: slices.</summary>
    public int Along { get; }

    /// <summary>Samples the image on rows <paramref name="firstRow"/> to <paramref name="firstRow"/> + <paramref name="gridRows"/> of the grid [along, across], linearly; beyond the image its border goes on.</summary>
    public void Resample(ReadOnlySpan<float> image, int firstRow, int gridRows, Span<float> grid)
    {
        if (cos == 1)
        {
            image.Slice(firstRow * Across, gridRows * Across).CopyTo(grid);
            return;
        }

        for (var row = 0; row < gridRows; row++)
        {
            var dv = firstRow + row - ((Along - 1) / 2.0);
            for (var u = 0; u < Across; u++)
            {
                var du = u - ((Across - 1) / 2.0);
                var x = ((columns - 1) / 2.0) + (du * cos) + (dv * sin);
                var y = ((rows - 1) / 2.0) - (du * sin) + (dv * cos);
                grid[(row * Across) + u] = Sample(image, x, y);
            }
        }
    }

    private float Sample(ReadOnlySpan<float> image, double x, double y)
    {
        x = Math.Clamp(x, 0, columns - 1);
        y = Math.Clamp(y, 0, rows - 1);
        var (left, top) = ((int)x, (int)y);
        var (right, bottom) = (Math.Min(left + 1, columns - 1), Math.Min(top + 1, rows - 1));
        var (fx, fy) = (x - left, y - top);
        var above = (image[(top * columns) + left] * (1 - fx)) + (image[(top * columns) + right] * fx);
        var below = (image[(bottom * columns) + left] * (1 - fx)) + (image[(bottom * columns) + right] * fx);
        return (float)((above * (1 - fy)) + (below * fy));
    }
}
