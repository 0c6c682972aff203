namespace CryoHub.Platform.Custody;

/// <param name="Items">Every item of the shipment.</param>
/// <param name="Warmest">Warmest reading of the logger, for instance "-182 degC".</param>
public sealed record ArrivalCheck(IReadOnlyList<ItemArrival> Items, string? Warmest = null, string? Notes = null);
