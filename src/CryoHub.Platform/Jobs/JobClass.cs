namespace CryoHub.Platform.Jobs;

/// <summary>Light jobs never wait behind heavy ones: a worker keeps slots of each class.</summary>
public enum JobClass { Light, Heavy }
