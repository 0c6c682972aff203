namespace CryoHub.Platform.Custody;

/// <summary>Where an item is: in a slot, in a person's hands, or on its way to another lab.</summary>
public enum KeepingKind { Storage, Person, Shipment }
