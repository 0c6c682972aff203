using CryoHub.Imaging;

namespace CryoHub.Analyses.PixelClassifier;

/// <summary>Which features a pixel gets, in the order of their bytes.</summary>
internal sealed class FeatureSet
{
    private const int MostFeatures = 255; // a node names its feature in a byte

    public FeatureSet(IReadOnlyList<double> scales, IReadOnlyList<FeatureKind> kinds, bool threeDimensional)
    {
        (Scales, Kinds, ThreeDimensional) = ([.. scales.Distinct().Order()], [.. kinds.Distinct().Order()], threeDimensional);
        Features = [.. Scales.SelectMany(scale => Kinds.SelectMany(kind => Enumerable.Range(0, Components(kind)).Select(component => new Feature(kind, scale, component))))];
        if (Features.Count is 0 or > MostFeatures)
        {
            throw ProblemException.Invalid($"{Scales.Count} scales and {Kinds.Count} kinds of features give {Features.Count} features; from 1 to {MostFeatures} are possible.");
        }
    }

    public IReadOnlyList<double> Scales { get; }

    public IReadOnlyList<FeatureKind> Kinds { get; }

    public bool ThreeDimensional { get; }

    public IReadOnlyList<Feature> Features { get; }

    /// <summary>Pixels beyond a block that its features depend on: the widest Gaussian (4 sigma), that of the structure tensor (half as wide) on top, and differences.</summary>
    public double Reach => (4 * Scales[^1] * (Kinds.Contains(FeatureKind.StructureTensor) ? 1.5 : 1)) + 3;

    public static FeatureSet Of(PixelClassifierParameters parameters)
    {
        var kinds = new List<FeatureKind>();
        AddIf(parameters.Gaussian, FeatureKind.Gaussian);
        AddIf(parameters.Laplacian, FeatureKind.Laplacian);
        AddIf(parameters.GradientMagnitude, FeatureKind.GradientMagnitude);
        AddIf(parameters.DifferenceOfGaussians, FeatureKind.DifferenceOfGaussians);
        AddIf(parameters.StructureTensor, FeatureKind.StructureTensor);
        AddIf(parameters.Hessian, FeatureKind.Hessian);
        return new FeatureSet(parameters.Scales, kinds, parameters.ThreeDimensional);

        void AddIf(bool wanted, FeatureKind kind)
        {
            if (wanted)
            {
                kinds.Add(kind);
            }
        }
    }

    public int Index(FeatureKind kind, double scale, int component)
    {
        for (var i = 0; i < Features.Count; i++)
        {
            if (Features[i] is var feature && feature.Kind == kind && feature.Scale == scale && feature.Component == component)
            {
                return i;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(kind), kind, "This feature is not in the set.");
    }

    private int Components(FeatureKind kind) => kind is FeatureKind.StructureTensor or FeatureKind.Hessian ? (ThreeDimensional ? 3 : 2) : 1;
}
