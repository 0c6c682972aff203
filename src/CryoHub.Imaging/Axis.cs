namespace CryoHub.Imaging;

/// <summary>
/// One axis of a signal: the coordinate of index <c>i</c> is <c>Origin + i * Step</c> in <paramref name="Unit"/>, or <c>Values[i]</c> where the axis is not linear.
/// </summary>
/// <param name="Name">Short name as the field writes it: <c>x</c>, <c>y</c>, <c>energy</c>, <c>tilt</c>.</param>
/// <param name="Size">Number of points.</param>
/// <param name="Unit">Unit symbol as the file states it; empty where the file states none (uncalibrated).</param>
/// <param name="Role">What the axis steps through.</param>
/// <param name="Step">Distance between two points, in <paramref name="Unit"/>.</param>
/// <param name="Origin">Coordinate of index 0, in <paramref name="Unit"/>.</param>
/// <param name="Values">Coordinates of an axis that is not linear (tilt angles); <c>null</c> where it is.</param>
public sealed record Axis(string Name, long Size, string Unit, AxisRole Role, double Step = 1, double Origin = 0, IReadOnlyList<double>? Values = null)
{
    /// <summary>False where the file states no unit: lengths are then shown in pixels, never in nanometres.</summary>
    public bool IsCalibrated => Unit.Length > 0;

    /// <summary>Coordinate of <paramref name="index"/>, in <see cref="Unit"/>.</summary>
    public double At(long index) => Values is { } values ? values[(int)index] : Origin + (index * Step);

    /// <summary>The axis of <paramref name="count"/> places from <paramref name="first"/> on.</summary>
    public Axis Part(long first, long count) => this with { Size = count, Origin = Origin + (first * Step), Values = Values is { } values ? [.. values.Skip((int)first).Take((int)count)] : null };
}
