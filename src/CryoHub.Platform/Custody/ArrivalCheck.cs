namespace CryoHub.Platform.Custody;

/// <param name="Items">Every item of the shipment.</param>
/// <param name="Warmest">Warmest reading of the logger, for instance "-182 degC".</param>
/// <param name="ReceivedBy">Who took it at a place outside; <c>null</c> where the person who checks it in has it.</param>
/// <param name="At">When it came there; <c>null</c> for now.</param>
public sealed record ArrivalCheck(IReadOnlyList<ItemArrival> Items, string? Warmest = null, string? Notes = null, string? ReceivedBy = null, DateTimeOffset? At = null);
