namespace CryoHub.Platform.Annotations;

/// <summary>The layer of a signal, also before anybody has drawn on it.</summary>
/// <param name="Sequence">Number of the last change.</param>
/// <param name="LockedBy">Name of who alone may change shapes now; empty where everybody may who has the right.</param>
/// <param name="CanDraw">The person asking has the right, and the layer is not locked by somebody else.</param>
/// <param name="ByView">More than <see cref="ShapeLog.MostWhole"/> shapes were drawn: ask for those of a view, not for all.</param>
/// <param name="Unit">Of the lengths, <c>px</c> where not calibrated.</param>
public sealed record LayerState(Guid Id, long Sequence, string LockedBy, DateTimeOffset? LockedUntil, bool CanDraw, bool ByView, string Unit, Guid Me);
