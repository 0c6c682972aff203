namespace CryoHub.Platform.Pairs;

/// <summary>What was done to one of a pair and not, or otherwise, to the other.</summary>
public enum PairFactor { Wash, Freezing, Milling, Transfer, Storage, Dose, Other }
