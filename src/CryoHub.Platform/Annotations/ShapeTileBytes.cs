namespace CryoHub.Platform.Annotations;

/// <summary>A tile as it is after the layer's change <paramref name="Sequence"/>, or later.</summary>
/// <param name="Sequence">Number of the change.</param>
/// <param name="Bytes"><c>null</c> where the asking side has them already.</param>
public sealed record ShapeTileBytes(long Sequence, byte[]? Bytes);
