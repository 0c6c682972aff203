namespace CryoHub.Platform.Custody;

/// <param name="Items">What lies in its slots now, where it is a box.</param>
public sealed record PlaceRow(Guid Id, Guid? ParentId, PlaceKind Kind, string Name, int Position, int Capacity, IReadOnlyList<StoredItem> Items);
