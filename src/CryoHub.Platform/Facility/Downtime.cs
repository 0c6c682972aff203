using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Facility;

/// <summary>A time in which an instrument did not work. Two never overlap (exclusion constraint).</summary>
public sealed class Downtime
{
    public Guid Id { get; init; }

    public Guid InstrumentId { get; init; }

    public Instrument Instrument { get; init; } = null!;

    /// <summary>What is wrong.</summary>
    public string Cause { get; init; } = "";

    public DateTimeOffset Since { get; init; }

    /// <summary><c>null</c> while it lasts.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>When it will presumably work again; <c>null</c> where nobody knows.</summary>
    public DateTimeOffset? ExpectedUntil { get; set; }

    /// <summary>What was done about it.</summary>
    public string Remedy { get; set; } = "";

    public Guid RecordedBy { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Downtime>
    {
        public void Configure(EntityTypeBuilder<Downtime> downtime)
        {
            downtime.ToTable("downtimes", table => table.HasCheckConstraint("ck_downtimes_order", "until >= since"));
            downtime.Property(d => d.Cause).HasMaxLength(2000);
            downtime.Property(d => d.Remedy).HasMaxLength(2000);
            downtime.HasIndex(d => new { d.InstrumentId, d.Since });
            downtime.HasOne(d => d.Instrument).WithMany(i => i.Downtimes).HasForeignKey(d => d.InstrumentId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
