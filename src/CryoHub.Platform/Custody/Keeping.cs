using CryoHub.Platform.Labs;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Custody;

/// <summary>
/// Where one item was from one moment to the next. The keepings of an item follow each other without a hole and never overlap: an item is in one place, and a
/// slot holds one item; the database refuses anything else (exclusion constraints in Sql/).
/// </summary>
public sealed class Keeping
{
    public Guid Id { get; init; }

    public Guid SampleId { get; init; }

    public Sample Sample { get; init; } = null!;

    /// <summary>The lab that answers for it now; not always the one whose project it belongs to.</summary>
    public Guid LabId { get; init; }

    public Lab Lab { get; init; } = null!;

    public KeepingKind Kind { get; init; }

    public Guid? PlaceId { get; init; }

    public StoragePlace? Place { get; init; }

    /// <summary>From 1 on.</summary>
    public int? Slot { get; init; }

    public Guid? PersonId { get; init; }

    public User? Person { get; init; }

    public Guid? ShipmentId { get; init; }

    /// <summary>Who has it at a place without account, and where; empty otherwise. The sending lab still answers for it.</summary>
    public string Outside { get; init; } = "";

    public DateTimeOffset Since { get; init; }

    /// <summary><c>null</c> while it lasts.</summary>
    public DateTimeOffset? Until { get; set; }

    public Guid RecordedBy { get; init; }

    public string Note { get; init; } = "";

    /// <summary>Somewhere between then and <see cref="Since"/> the item came here without anybody recording it: a gap in custody.</summary>
    public DateTimeOffset? UnrecordedSince { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Keeping>
    {
        public void Configure(EntityTypeBuilder<Keeping> keeping)
        {
            keeping.ToTable("keepings", table =>
            {
                table.HasCheckConstraint("ck_keepings_order", "until >= since and (unrecorded_since is null or unrecorded_since <= since)");
                table.HasCheckConstraint("ck_keepings_where", "(kind = 'Storage') = (place_id is not null and slot is not null) and (kind = 'Person') = (person_id is not null) and (kind = 'Shipment') = (shipment_id is not null) and (kind = 'Outside') = (outside <> '')");
            });
            keeping.Property(k => k.Kind).HasConversion<string>().HasMaxLength(10);
            keeping.Property(k => k.Outside).HasMaxLength(700).HasDefaultValue("");
            keeping.Property(k => k.Note).HasMaxLength(2000);
            keeping.HasIndex(k => new { k.SampleId, k.Since });
            keeping.HasIndex(k => k.LabId).HasFilter("until is null");
            keeping.HasIndex(k => k.PlaceId).HasFilter("until is null");
            keeping.HasOne(k => k.Sample).WithMany().HasForeignKey(k => k.SampleId).OnDelete(DeleteBehavior.Cascade);
            keeping.HasOne(k => k.Place).WithMany().HasForeignKey(k => k.PlaceId).OnDelete(DeleteBehavior.Restrict);
            keeping.HasOne<Shipment>().WithMany().HasForeignKey(k => k.ShipmentId).OnDelete(DeleteBehavior.Restrict);
            keeping.HasOne(k => k.Person).WithMany().HasForeignKey(k => k.PersonId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
