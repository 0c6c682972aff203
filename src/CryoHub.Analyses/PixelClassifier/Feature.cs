namespace CryoHub.Analyses.PixelClassifier;

/// <summary>One number of a pixel.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Scale">Standard deviation in pixels.</param>
/// <param name="Component">Which eigenvalue, the largest first.</param>
internal sealed record Feature(FeatureKind Kind, double Scale, int Component)
{
    public string Name => FormattableString.Invariant($"{Kind} {Scale:0.###} px{(Kind is FeatureKind.StructureTensor or FeatureKind.Hessian ? $", eigenvalue {Component + 1}" : "")}");
}
