namespace CryoHub.Platform.Painting;

/// <summary>A region to paint from one click.</summary>
/// <param name="Id">Chosen by the sender, the same when it is sent again.</param>
/// <param name="Tolerance">Grey values this far from the seed's belong; without it the area that has the seed's label is filled.</param>
public sealed record RegionText(Guid Id, int Slice, int X, int Y, ulong Label, double? Tolerance = null);
