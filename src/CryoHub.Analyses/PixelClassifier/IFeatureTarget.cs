namespace CryoHub.Analyses.PixelClassifier;

/// <summary>Takes the features of a block, one after the other.</summary>
internal interface IFeatureTarget
{
    /// <summary>Where that feature's values of the whole block go; two components of one tensor are asked for together.</summary>
    float[] Plane(int feature);

    /// <summary>The plane of that feature is complete.</summary>
    void Done(int feature);
}
