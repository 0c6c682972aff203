namespace CryoHub.Imaging.Shapes;

/// <summary>A shape as a file names it.</summary>
/// <param name="Geometry">Where it lies.</param>
/// <param name="Class">Key or name of its class; empty where the file states none.</param>
/// <param name="Label">Words beside it; empty where there are none.</param>
/// <param name="FirstFrame">First frame on which it lies; <c>null</c> for all.</param>
/// <param name="LastFrame">Last frame on which it lies.</param>
/// <param name="Confidence">How sure its maker was, 0 to 1; <c>null</c> where nothing is said.</param>
/// <param name="Colour">As <c>#28B5FA</c>; empty where the file states none.</param>
public sealed record ShapeFeature(ShapeGeometry Geometry, string Class, string Label, long? FirstFrame = null, long? LastFrame = null, double? Confidence = null, string Colour = "")
{
    /// <summary>Whether it lies on that frame.</summary>
    public bool IsOn(long frame) => (FirstFrame is not { } first || frame >= first) && (LastFrame is not { } last || frame <= last);
}
