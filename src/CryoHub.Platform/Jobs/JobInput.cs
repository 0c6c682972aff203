using CryoHub.Platform.Datasets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Jobs;

/// <summary>One signal a job reads, with the hash of the original at the time of submission.</summary>
public sealed class JobInput
{
    public Guid JobId { get; init; }

    public string Role { get; init; } = "";

    public Guid DatasetId { get; init; }

    public Dataset Dataset { get; init; } = null!;

    public int SignalIndex { get; init; }

    public byte[] Sha256 { get; init; } = [];

    internal sealed class Mapping : IEntityTypeConfiguration<JobInput>
    {
        public void Configure(EntityTypeBuilder<JobInput> input)
        {
            input.ToTable("job_inputs");
            input.HasKey(i => new { i.JobId, i.Role });
            input.HasIndex(i => i.DatasetId);
        }
    }
}
