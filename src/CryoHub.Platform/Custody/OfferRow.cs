using CryoHub.Platform.Samples;

namespace CryoHub.Platform.Custody;

/// <param name="To">The person, or the lab.</param>
/// <param name="IsMine">True where the person who asks made the offer; false where the person may accept it.</param>
public sealed record OfferRow(Guid Id, SampleLink Item, string Metal, string From, string To, string Note, DateTimeOffset OfferedAt, bool IsMine);
