using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Jobs;

/// <summary>When a lab last had a turn. The lab that has waited longest comes next, so 5,000 jobs of one do not hold up one job of another.</summary>
public sealed class JobTurn
{
    public Guid LabId { get; init; }

    public DateTimeOffset ServedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<JobTurn>
    {
        public void Configure(EntityTypeBuilder<JobTurn> turn)
        {
            turn.ToTable("job_turns");
            turn.HasKey(t => t.LabId);
        }
    }
}
