namespace CryoHub.Numerics.Registration;

/// <summary>
/// Samples an image on another grid: the pixel at r from the middle of the result shows the source at A r + t from its middle; columns are x, rows are y.
/// </summary>
/// <param name="A11">x by x.</param>
/// <param name="A12">x by y.</param>
/// <param name="A21">y by x.</param>
/// <param name="A22">y by y.</param>
/// <param name="X">t, columns.</param>
/// <param name="Y">t, rows.</param>
public readonly record struct AffineSampling(double A11, double A12, double A21, double A22, double X, double Y)
{
    /// <summary>The whole picture moved only.</summary>
    public static AffineSampling Shift(double x, double y) => new(1, 0, 0, 1, x, y);

    /// <summary>Cubic convolution (Keys 1981, a = -1/2) inside, <paramref name="fill"/> beyond the source.</summary>
    public void Cubic(ReadOnlySpan<float> image, int rows, int columns, Span<float> result, int resultRows, int resultColumns, float fill)
    {
        Span<float> across = stackalloc float[4];
        Span<float> down = stackalloc float[4];
        for (var row = 0; row < resultRows; row++)
        {
            for (var column = 0; column < resultColumns; column++)
            {
                var (x, y) = At(column - ((resultColumns - 1) / 2.0), row - ((resultRows - 1) / 2.0), rows, columns);
                var at = (row * resultColumns) + column;
                if (x < -0.5 || y < -0.5 || x > columns - 0.5 || y > rows - 0.5)
                {
                    result[at] = fill;
                    continue;
                }

                var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
                Keys((float)(x - left), across);
                Keys((float)(y - top), down);
                var sum = 0f;
                for (var j = 0; j < 4; j++)
                {
                    var line = image.Slice(Math.Clamp(top - 1 + j, 0, rows - 1) * columns, columns);
                    var part = 0f;
                    for (var i = 0; i < 4; i++)
                    {
                        part += across[i] * line[Math.Clamp(left - 1 + i, 0, columns - 1)];
                    }

                    sum += down[j] * part;
                }

                result[at] = sum;
            }
        }
    }

    /// <summary>Linear interpolation inside, the border's value beyond the source.</summary>
    public void Linear(ReadOnlySpan<float> image, int rows, int columns, Span<float> result, int resultRows, int resultColumns)
    {
        for (var row = 0; row < resultRows; row++)
        {
            for (var column = 0; column < resultColumns; column++)
            {
                var (x, y) = At(column - ((resultColumns - 1) / 2.0), row - ((resultRows - 1) / 2.0), rows, columns);
                (x, y) = (Math.Clamp(x, 0, columns - 1), Math.Clamp(y, 0, rows - 1));
                var (left, top) = ((int)x, (int)y);
                var (right, bottom) = (Math.Min(left + 1, columns - 1), Math.Min(top + 1, rows - 1));
                var (fx, fy) = ((float)(x - left), (float)(y - top));
                var above = image[(top * columns) + left] + (fx * (image[(top * columns) + right] - image[(top * columns) + left]));
                var below = image[(bottom * columns) + left] + (fx * (image[(bottom * columns) + right] - image[(bottom * columns) + left]));
                result[(row * resultColumns) + column] = above + (fy * (below - above));
            }
        }
    }

    private (double X, double Y) At(double dx, double dy, int rows, int columns) =>
        (((columns - 1) / 2.0) + (A11 * dx) + (A12 * dy) + X, ((rows - 1) / 2.0) + (A21 * dx) + (A22 * dy) + Y);

    private static void Keys(float t, Span<float> weights)
    {
        var (t2, t3) = (t * t, t * t * t);
        weights[0] = (-0.5f * t3) + t2 - (0.5f * t);
        weights[1] = (1.5f * t3) - (2.5f * t2) + 1;
        weights[2] = (-1.5f * t3) + (2 * t2) + (0.5f * t);
        weights[3] = (0.5f * t3) - (0.5f * t2);
    }
}
