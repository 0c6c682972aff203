namespace CryoHub.Platform.Custody;

/// <summary>Where an item is: in a slot, in a person's hands, on its way to another lab, or with somebody who has no account here.</summary>
public enum KeepingKind { Storage, Person, Shipment, Outside }
