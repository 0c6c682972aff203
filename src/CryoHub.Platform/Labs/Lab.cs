using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Labs;

/// <summary>A group of people that owns projects and pays for their storage.</summary>
public sealed class Lab
{
    public Guid Id { get; init; }

    public string Name { get; set; } = "";

    /// <summary>Bytes of originals that the lab's projects may hold together; <c>null</c> = unlimited.</summary>
    public long? QuotaBytes { get; set; }

    /// <summary>Name of the zone (IANA) in which the lab's calendar is shown; everything is stored in UTC.</summary>
    public string TimeZone { get; set; } = "Etc/UTC";

    public DateTimeOffset CreatedAt { get; init; }

    public uint Version { get; init; }

    public List<Membership> Memberships { get; } = [];

    internal sealed class Mapping : IEntityTypeConfiguration<Lab>
    {
        public void Configure(EntityTypeBuilder<Lab> lab)
        {
            lab.ToTable("labs");
            lab.Property(l => l.Name).HasMaxLength(200);
            lab.Property(l => l.TimeZone).HasMaxLength(64).HasDefaultValue("Etc/UTC");
            lab.Property(l => l.Version).IsRowVersion();
        }
    }
}
