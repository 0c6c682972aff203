namespace CryoHub.Platform.Limits;

/// <summary>What a limit bounds: electrons on a phase, the warmth of a frozen medium, oxygen or water on a metal.</summary>
public enum LimitKind { Fluence = 1, Warmth = 2, Oxygen = 3, Water = 4 }
