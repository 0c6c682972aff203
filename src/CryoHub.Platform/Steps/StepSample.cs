using CryoHub.Platform.Samples;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Steps;

/// <summary>An edge of the graph from cell to image. Several subjects are pooled, several products are pieces.</summary>
public sealed class StepSample
{
    public Guid StepId { get; init; }

    public Step Step { get; init; } = null!;

    public Guid SampleId { get; init; }

    public Sample Sample { get; init; } = null!;

    public StepRole Role { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<StepSample>
    {
        public void Configure(EntityTypeBuilder<StepSample> link)
        {
            link.ToTable("step_samples");
            link.HasKey(l => new { l.StepId, l.SampleId });
            link.Property(l => l.Role).HasConversion<string>().HasMaxLength(20);
            link.HasIndex(l => new { l.SampleId, l.Role });   // one step makes a sample, hundreds happen to it
        }
    }
}
