namespace CryoHub.Platform.Custody;

/// <summary>How an item of a shipment came out of it.</summary>
public enum Arrival { Unchecked, Well, Frosted, Cracked, Lost }
