namespace CryoHub.Numerics.Tomography.Alignment;

/// <summary>What <see cref="TiltModel"/> may change besides the shifts of the views and the places of the markers.</summary>
/// <param name="Axis">One direction of the tilt axis for all views.</param>
/// <param name="Rotation">A rotation of each view of its own.</param>
/// <param name="Magnification">A magnification of each view of its own; the reference view keeps 1.</param>
/// <param name="Robust">Whether outlying measurements lose weight (Tukey's biweight at 4.685 scales).</param>
public sealed record TiltModelOptions(bool Axis = true, bool Rotation = false, bool Magnification = false, bool Robust = true);
