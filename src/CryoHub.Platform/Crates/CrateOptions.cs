using System.ComponentModel.DataAnnotations;

namespace CryoHub.Platform.Crates;

/// <summary>Section <c>Crates</c>: how much one download may hold.</summary>
public sealed class CrateOptions
{
    /// <summary>Bytes of originals and results together.</summary>
    [Range(1, long.MaxValue)]
    public long LargestBytes { get; set; } = 50_000_000_000;

    /// <summary>Samples, steps, data sets and results together; the metadata of all of them is one document.</summary>
    [Range(1, int.MaxValue)]
    public int MostRecords { get; set; } = 50_000;
}
