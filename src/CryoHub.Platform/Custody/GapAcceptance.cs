using CryoHub.Platform.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Custody;

/// <summary>Somebody has looked at a gap and says why the item may still be used. The gap stays visible.</summary>
public sealed class GapAcceptance
{
    public Guid Id { get; init; }

    public Guid KeepingId { get; init; }

    public Keeping Keeping { get; init; } = null!;

    /// <summary>The step that happened while the item lay elsewhere by the record; <c>null</c> for a move that nobody recorded.</summary>
    public Guid? StepId { get; init; }

    public string Reason { get; init; } = "";

    public Guid AcceptedBy { get; init; }

    public DateTimeOffset AcceptedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<GapAcceptance>
    {
        public void Configure(EntityTypeBuilder<GapAcceptance> acceptance)
        {
            acceptance.ToTable("gap_acceptances");
            acceptance.Property(a => a.Reason).HasMaxLength(2000);
            acceptance.HasIndex(a => new { a.KeepingId, a.StepId }).IsUnique().AreNullsDistinct(false);
            acceptance.HasOne<Step>().WithMany().HasForeignKey(a => a.StepId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
