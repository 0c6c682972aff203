using CryoHub.Platform.Datasets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Steps;

/// <summary>A file that belongs to a step: a photo, an electrochemistry record, what an acquisition took.</summary>
public sealed class StepDataset
{
    public Guid StepId { get; init; }

    public Step Step { get; init; } = null!;

    public Guid DatasetId { get; init; }

    public Dataset Dataset { get; init; } = null!;

    internal sealed class Mapping : IEntityTypeConfiguration<StepDataset>
    {
        public void Configure(EntityTypeBuilder<StepDataset> link)
        {
            link.ToTable("step_datasets");
            link.HasKey(l => new { l.StepId, l.DatasetId });
            link.HasIndex(l => l.DatasetId);
        }
    }
}
