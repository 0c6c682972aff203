using CryoHub.Platform.Samples;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Custody;

/// <summary>One item of a shipment.</summary>
public sealed class ShipmentItem
{
    public Guid ShipmentId { get; init; }

    public Shipment Shipment { get; init; } = null!;

    public Guid SampleId { get; init; }

    public Sample Sample { get; init; } = null!;

    public Arrival Arrival { get; set; }

    public string ArrivalNote { get; set; } = "";

    internal sealed class Mapping : IEntityTypeConfiguration<ShipmentItem>
    {
        public void Configure(EntityTypeBuilder<ShipmentItem> item)
        {
            item.ToTable("shipment_items");
            item.HasKey(i => new { i.ShipmentId, i.SampleId });
            item.Property(i => i.Arrival).HasConversion<string>().HasMaxLength(10);
            item.Property(i => i.ArrivalNote).HasMaxLength(2000);
            item.HasIndex(i => i.SampleId);
        }
    }
}
