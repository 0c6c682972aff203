namespace CryoHub.Analyses.Spectra;

/// <summary>What one energy window gives for every pixel; NaN where there is no value.</summary>
internal sealed class MapPlanes(int pixels)
{
    public float[] Net { get; } = new float[pixels];

    public float[] Exponent { get; } = new float[pixels];

    public float[] Misfit { get; } = new float[pixels];
}
