using CryoHub.Platform.Samples;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Custody;

/// <summary>Something went wrong with an item, and why: the register that shows where grids die.</summary>
public sealed class ItemFailure
{
    public Guid Id { get; init; }

    public Guid SampleId { get; init; }

    public Sample Sample { get; init; } = null!;

    /// <summary>The lab in whose keeping it happened.</summary>
    public Guid LabId { get; init; }

    public Guid? ShipmentId { get; init; }

    public FailureKind Kind { get; init; }

    public string Cause { get; init; } = "";

    public DateTimeOffset HappenedAt { get; init; }

    public Guid RecordedBy { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ItemFailure>
    {
        public void Configure(EntityTypeBuilder<ItemFailure> failure)
        {
            failure.ToTable("item_failures");
            failure.Property(f => f.Kind).HasConversion<string>().HasMaxLength(14);
            failure.Property(f => f.Cause).HasMaxLength(2000);
            failure.HasIndex(f => f.SampleId);
            failure.HasIndex(f => f.LabId);
            failure.HasOne<Labs.Lab>().WithMany().HasForeignKey(f => f.LabId).OnDelete(DeleteBehavior.Cascade);
            failure.HasOne<Shipment>().WithMany().HasForeignKey(f => f.ShipmentId).OnDelete(DeleteBehavior.SetNull);
        }
    }
}
