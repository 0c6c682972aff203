namespace CryoHub.Analyses.Eels.Model;

/// <summary>What the model gives for every pixel; NaN where there is no value.</summary>
internal sealed class ModelPlanes(int edges, int pixels)
{
    public float[] Misfit { get; } = None(pixels);

    public float[] Exponent { get; } = None(pixels);

    public float[][] Amount { get; } = Planes(edges, pixels);

    public float[][] AmountError { get; } = Planes(edges, pixels);

    public float[][] Fraction { get; } = Planes(edges, pixels);

    public float[][] FractionError { get; } = Planes(edges, pixels);

    public float[][] Shift { get; } = Planes(edges, pixels);

    public float[][] ShiftError { get; } = Planes(edges, pixels);

    public float[][] Lines { get; } = Planes(edges, pixels);

    public float[][] LinesError { get; } = Planes(edges, pixels);

    private static float[][] Planes(int edges, int pixels) => [.. Enumerable.Range(0, edges).Select(_ => None(pixels))];

    private static float[] None(int pixels)
    {
        var plane = new float[pixels];
        plane.AsSpan().Fill(float.NaN);
        return plane;
    }
}
