namespace CryoHub.Web.Features.Annotations;

/// <summary>What a brush has covered so far.</summary>
/// <param name="Stroke">The id the stroke will have.</param>
/// <param name="Points">x, y, x, y … since the last message.</param>
public sealed record BrushTrail(Guid Stroke, int Slice, double Radius, string Colour, double[] Points)
{
    internal bool IsSound =>
        Points is { Length: > 0 and <= 1000 } && Points.Length % 2 == 0 && Points.All(double.IsFinite) && Radius is > 0 and <= 1000 && Colour is { Length: <= 7 };
}
