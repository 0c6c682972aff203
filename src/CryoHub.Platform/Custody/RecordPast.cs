namespace CryoHub.Platform.Custody;

/// <summary>Who had an item in the past, told later: it fills a gap.</summary>
/// <param name="PersonId">Of the lab that answered for the item.</param>
public sealed record RecordPast(Guid PersonId, DateTimeOffset From, DateTimeOffset Until, string? Note = null);
