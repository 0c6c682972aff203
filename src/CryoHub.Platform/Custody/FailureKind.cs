namespace CryoHub.Platform.Custody;

/// <summary>What went wrong with an item.</summary>
public enum FailureKind { Lost, Cracked, Frosted, Contaminated, Other }
