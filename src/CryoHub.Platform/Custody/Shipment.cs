using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Custody;

/// <summary>Items on their way from lab to lab, or to a place outside. The receiving lab sees it once it is sent: what is in it, not where that comes from.</summary>
public sealed class Shipment
{
    public Guid Id { get; init; }

    public Guid FromLabId { get; init; }

    public Lab FromLab { get; init; } = null!;

    /// <summary><c>null</c> for a place that has no lab here: then <see cref="ToOutside"/> says who and where.</summary>
    public Guid? ToLabId { get; init; }

    public Lab? ToLab { get; init; }

    public string ToOutside { get; init; } = "";

    public string Title { get; set; } = "";

    /// <summary>Keys of <see cref="HazardClass"/>.</summary>
    public string[] Hazards { get; set; } = [];

    /// <summary>Which dry shipper or box; free text.</summary>
    public string Container { get; set; } = "";

    /// <summary>Carrier and tracking number.</summary>
    public string Carrier { get; set; } = "";

    public string Notes { get; set; } = "";

    public DateTimeOffset? FilledAt { get; set; }

    /// <summary>How long the dry shipper stays cold after filling; as typed and in seconds.</summary>
    public string HoldTyped { get; set; } = "";

    public double? HoldSeconds { get; set; }

    public ShipmentState State { get; set; }

    public Guid CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SentAt { get; set; }

    public Guid? SentBy { get; set; }

    public DateTimeOffset? ArrivedAt { get; set; }

    /// <summary>Who checked it in; of a shipment to the outside, who recorded what the receiver said.</summary>
    public Guid? ArrivedBy { get; set; }

    /// <summary>Who took it at a place without account; empty otherwise.</summary>
    public string ReceivedBy { get; set; } = "";

    /// <summary>Warmest reading of the logger on the way; as typed and in kelvin.</summary>
    public string WarmestTyped { get; set; } = "";

    public double? WarmestKelvin { get; set; }

    /// <summary>What the receiver says about the whole.</summary>
    public string ArrivalNotes { get; set; } = "";

    public List<ShipmentItem> Items { get; init; } = [];

    public uint Version { get; init; }

    /// <summary>When it gets warm; <c>null</c> where nobody said how long it holds.</summary>
    public DateTimeOffset? HoldsUntil => FilledAt is { } filled && HoldSeconds is { } seconds ? filled.AddSeconds(seconds) : null;

    internal sealed class Mapping : IEntityTypeConfiguration<Shipment>
    {
        public void Configure(EntityTypeBuilder<Shipment> shipment)
        {
            shipment.ToTable("shipments", table => table.HasCheckConstraint("ck_shipments_order", "(to_lab_id is null) = (to_outside <> '') and from_lab_id <> to_lab_id and arrived_at >= sent_at"));
            shipment.Property(s => s.State).HasConversion<string>().HasMaxLength(10);
            shipment.Property(s => s.Title).HasMaxLength(200);
            shipment.Property(s => s.ToOutside).HasMaxLength(400).HasDefaultValue("");
            shipment.Property(s => s.ReceivedBy).HasMaxLength(200).HasDefaultValue("");
            shipment.Property(s => s.Container).HasMaxLength(200);
            shipment.Property(s => s.Carrier).HasMaxLength(200);
            shipment.Property(s => s.Version).IsRowVersion();
            shipment.Ignore(s => s.HoldsUntil);
            shipment.HasIndex(s => s.FromLabId);
            shipment.HasIndex(s => s.ToLabId);
            shipment.HasOne(s => s.FromLab).WithMany().HasForeignKey(s => s.FromLabId).OnDelete(DeleteBehavior.Restrict);
            shipment.HasOne(s => s.ToLab).WithMany().HasForeignKey(s => s.ToLabId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
