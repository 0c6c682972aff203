namespace CryoHub.Analyses.Eels.Background;

/// <summary>What one edge gives for every pixel; NaN where there is no value.</summary>
internal sealed class EdgePlanes(int pixels)
{
    public float[] Net { get; } = new float[pixels];

    public float[] Error { get; } = new float[pixels];

    public float[] Shape { get; } = new float[pixels];

    public float[] Misfit { get; } = new float[pixels];

    public void Set(int pixel, EdgeFit fit) => (Net[pixel], Error[pixel], Shape[pixel], Misfit[pixel]) = ((float)fit.Net, (float)fit.Error, (float)fit.Shape, (float)fit.Misfit);
}
