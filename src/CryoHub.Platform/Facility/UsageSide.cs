namespace CryoHub.Platform.Facility;

/// <summary>Whose side a report takes: what was done on the lab's instruments, or what the lab is charged anywhere.</summary>
public enum UsageSide { Instruments, Charged }
