using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Custody;

/// <summary>A dewar, a cane or puck in it, a box in that.</summary>
public sealed class StoragePlace
{
    public Guid Id { get; init; }

    public Guid LabId { get; init; }

    public Lab Lab { get; init; } = null!;

    public Guid? ParentId { get; set; }

    public StoragePlace? Parent { get; init; }

    public PlaceKind Kind { get; init; }

    public string Name { get; set; } = "";

    /// <summary>Which of the parent's positions, from 1 on; 0 for what stands by itself.</summary>
    public int Position { get; set; }

    /// <summary>How many positions it has for places, or slots for items where it is a box.</summary>
    public int Capacity { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was taken out of use.</summary>
    public DateTimeOffset? RemovedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<StoragePlace>
    {
        public void Configure(EntityTypeBuilder<StoragePlace> place)
        {
            place.ToTable("storage_places", table => table.HasCheckConstraint("ck_storage_places_position", "(parent_id is null) = (position = 0) and capacity between 1 and 200"));
            place.Property(p => p.Kind).HasConversion<string>().HasMaxLength(10);
            place.Property(p => p.Name).HasMaxLength(80);
            place.HasIndex(p => p.LabId);
            place.HasIndex(p => new { p.ParentId, p.Position }).IsUnique().HasFilter("parent_id is not null and removed_at is null");
            place.HasOne(p => p.Parent).WithMany().HasForeignKey(p => p.ParentId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
