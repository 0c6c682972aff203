namespace CryoHub.Platform.Custody;

/// <summary>What things are kept in, from the outside in: dewars and cabinets stand by themselves, boxes have the slots.</summary>
public enum PlaceKind { Dewar, Cabinet, Cane, Puck, Box }
