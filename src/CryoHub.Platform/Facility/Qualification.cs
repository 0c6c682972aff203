using CryoHub.Platform.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Facility;

/// <summary>A person who may use an instrument. A new one takes the place of the old; rows stay as history.</summary>
public sealed class Qualification
{
    public Guid Id { get; init; }

    public Guid InstrumentId { get; init; }

    public Instrument Instrument { get; init; } = null!;

    public Guid UserId { get; init; }

    public User User { get; init; } = null!;

    public QualificationLevel Level { get; init; }

    public DateTimeOffset Since { get; init; }

    /// <summary>When it runs out; <c>null</c> where it does not.</summary>
    public DateTimeOffset? Until { get; init; }

    public string Notes { get; init; } = "";

    public Guid GrantedBy { get; init; }

    public DateTimeOffset? WithdrawnAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Qualification>
    {
        public void Configure(EntityTypeBuilder<Qualification> qualification)
        {
            qualification.ToTable("qualifications", table => table.HasCheckConstraint("ck_qualifications_order", "until > since"));
            qualification.Property(q => q.Level).HasConversion<string>().HasMaxLength(20);
            qualification.Property(q => q.Notes).HasMaxLength(2000);
            qualification.HasIndex(q => new { q.InstrumentId, q.UserId }).IsUnique().HasFilter("withdrawn_at is null");
            qualification.HasIndex(q => q.UserId);
            qualification.HasOne(q => q.Instrument).WithMany(i => i.Qualifications).HasForeignKey(q => q.InstrumentId).OnDelete(DeleteBehavior.Cascade);
            qualification.HasOne(q => q.User).WithMany().HasForeignKey(q => q.UserId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
