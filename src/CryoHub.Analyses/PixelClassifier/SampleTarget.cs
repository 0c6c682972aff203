namespace CryoHub.Analyses.PixelClassifier;

/// <summary>Keeps the features of a few pixels of a block.</summary>
/// <param name="pixels">Pixels of a block.</param>
/// <param name="places">Which pixels of the block.</param>
/// <param name="rows">Which sample each of them is.</param>
/// <param name="values">Values of all samples, feature after feature.</param>
/// <param name="samples">Number of samples.</param>
internal sealed class SampleTarget(int pixels, IReadOnlyList<int> places, IReadOnlyList<int> rows, float[] values, int samples) : IFeatureTarget
{
    private readonly float[][] planes = [new float[pixels], new float[pixels], new float[pixels]];

    public float[] Plane(int feature) => planes[feature % planes.Length];

    public void Done(int feature)
    {
        var plane = Plane(feature);
        for (var i = 0; i < places.Count; i++)
        {
            values[((long)feature * samples) + rows[i]] = plane[places[i]];
        }
    }
}
