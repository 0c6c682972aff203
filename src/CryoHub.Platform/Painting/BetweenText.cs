namespace CryoHub.Platform.Painting;

/// <summary>A label to be painted on the slices between the two nearest that have it, one at or below <paramref name="Slice"/> and one above.</summary>
/// <param name="Id">Chosen by the sender, the same when it is sent again.</param>
public sealed record BetweenText(Guid Id, int Slice, ulong Label);
