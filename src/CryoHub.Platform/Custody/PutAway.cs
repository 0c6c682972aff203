namespace CryoHub.Platform.Custody;

/// <param name="PlaceId">A box.</param>
/// <param name="Slot">From 1 on; the first free one where it is not given.</param>
/// <param name="At">When it was done; now where it is not given.</param>
/// <param name="WasFound">True: it was found here, or came here without a record. That is a gap in custody since the last record, and stays visible.</param>
public sealed record PutAway(Guid PlaceId, int? Slot = null, string? Note = null, DateTimeOffset? At = null, bool WasFound = false);
