namespace CryoHub.Platform.Jobs;

/// <summary>What a heartbeat learns: go on; go on, but stop and keep; cancelled by a person; lost to another worker.</summary>
public enum Beat { GoOn, StopAndKeep, Cancelled, Lost }
