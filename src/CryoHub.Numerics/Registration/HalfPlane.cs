namespace CryoHub.Numerics.Registration;

/// <summary>A half plane of complex numbers with real and imaginary parts apart, rows filled up with zeros to whole vectors.</summary>
internal sealed class HalfPlane : IDisposable
{
    private const int Widest = 16; // floats of the widest vector

    private readonly AlignedFloats numbers;
    private readonly int stride;

    public HalfPlane(int rows, int half)
    {
        (Rows, Half) = (rows, half);
        stride = (half + Widest - 1) / Widest * Widest;
        numbers = new AlignedFloats(2 * rows * stride);
        Used = new bool[rows];
    }

    public int Rows { get; }

    /// <summary>Numbers of a row.</summary>
    public int Half { get; }

    /// <summary>Rows that hold anything but zeros.</summary>
    public bool[] Used { get; }

    public Span<float> Real(int row) => numbers.Span.Slice(2 * row * stride, stride);

    public Span<float> Imaginary(int row) => numbers.Span.Slice(((2 * row) + 1) * stride, stride);

    public void Dispose() => numbers.Dispose();
}
