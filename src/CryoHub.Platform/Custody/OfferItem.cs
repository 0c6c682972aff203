namespace CryoHub.Platform.Custody;

/// <param name="ToPersonId">A member of the lab; <c>null</c>: anybody there may accept.</param>
public sealed record OfferItem(Guid ToLabId, Guid? ToPersonId = null, string? Note = null);
