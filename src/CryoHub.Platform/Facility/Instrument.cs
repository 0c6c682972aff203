using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Facility;

/// <summary>A microscope, a plunger, a glovebox: something of a lab that people book.</summary>
public sealed class Instrument
{
    public Guid Id { get; init; }

    public Guid LabId { get; init; }

    public Lab Lab { get; init; } = null!;

    public string Name { get; set; } = "";

    /// <summary>Maker, type, voltage; free text.</summary>
    public string Model { get; set; } = "";

    /// <summary>Where it stands.</summary>
    public string Place { get; set; } = "";

    public string Notes { get; set; } = "";

    /// <summary>Keys of <see cref="Capability"/>.</summary>
    public string[] Capabilities { get; set; } = [];

    /// <summary>Only who is qualified books it.</summary>
    public bool NeedsQualification { get; set; }

    /// <summary>Bookings wait for a manager's yes, unless the person works independently or manages the lab.</summary>
    public bool NeedsApproval { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was taken out of use; its history stays.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    public uint Version { get; init; }

    public List<Qualification> Qualifications { get; } = [];

    public List<Downtime> Downtimes { get; } = [];

    internal sealed class Mapping : IEntityTypeConfiguration<Instrument>
    {
        public void Configure(EntityTypeBuilder<Instrument> instrument)
        {
            instrument.ToTable("instruments");
            instrument.Property(i => i.Name).HasMaxLength(120);
            instrument.Property(i => i.Model).HasMaxLength(200);
            instrument.Property(i => i.Place).HasMaxLength(200);
            instrument.Property(i => i.Notes).HasMaxLength(4000);
            instrument.Property(i => i.Version).IsRowVersion();
            instrument.HasIndex(i => new { i.LabId, i.Name }).IsUnique().HasFilter("retired_at is null");
        }
    }
}
