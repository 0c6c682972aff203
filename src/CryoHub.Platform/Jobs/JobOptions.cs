using System.ComponentModel.DataAnnotations;

namespace CryoHub.Platform.Jobs;

/// <summary>Section <c>Worker</c>: how jobs are claimed, kept and given up.</summary>
public sealed class JobOptions
{
    public const string Section = "Worker";

    /// <summary>How long a job stays a worker's without a heartbeat.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a worker looks by itself, whether or not the bell rang.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(15);

    [Range(1, 64)]
    public int LightSlots { get; set; } = 2;

    [Range(1, 64)]
    public int HeavySlots { get; set; } = 1;

    /// <summary>What one heavy job may hold of its data at a time; analyses that need more are cut into parts, which run as jobs of their own.</summary>
    [Range(1, 1 << 20)]
    public int AnalysisMemoryMiB { get; set; } = 1024;

    /// <summary>A worker with less room for temporary files takes no jobs.</summary>
    [Range(0, int.MaxValue)]
    public int LeastFreeMiB { get; set; } = 256;

    /// <summary>So many deaths of its own child process make a job fail for good.</summary>
    [Range(1, 100)]
    public int MaxCrashes { get; set; } = 3;
}
