namespace CryoHub.Platform.Custody;

/// <param name="Capacity">Positions for places, or slots for items where it is a box.</param>
/// <param name="ParentId">What it is in; <c>null</c> for a dewar or cabinet.</param>
/// <param name="Position">The parent's position, from 1 on; the first free one where it is not given.</param>
public sealed record NewPlace(PlaceKind Kind, string Name, int Capacity, Guid? ParentId = null, int? Position = null);
