using CryoHub.Platform.Labs;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Custody;

/// <summary>An item offered from one pair of hands to another, or to another lab. It stays where it is until somebody there accepts it.</summary>
public sealed class Handover
{
    public Guid Id { get; init; }

    public Guid SampleId { get; init; }

    public Sample Sample { get; init; } = null!;

    public Guid FromId { get; init; }

    public User From { get; init; } = null!;

    /// <summary>The lab that answers for it after acceptance.</summary>
    public Guid ToLabId { get; init; }

    public Lab ToLab { get; init; } = null!;

    /// <summary><c>null</c>: anybody of the lab may accept.</summary>
    public Guid? ToPersonId { get; init; }

    public User? ToPerson { get; init; }

    public string Note { get; init; } = "";

    public DateTimeOffset OfferedAt { get; init; }

    public OfferState State { get; set; }

    public DateTimeOffset? AnsweredAt { get; set; }

    public Guid? AnsweredBy { get; set; }

    /// <summary>What the receiver says about its state, or why it is declined.</summary>
    public string Answer { get; set; } = "";

    internal sealed class Mapping : IEntityTypeConfiguration<Handover>
    {
        public void Configure(EntityTypeBuilder<Handover> handover)
        {
            handover.ToTable("handovers");
            handover.Property(h => h.State).HasConversion<string>().HasMaxLength(10);
            handover.Property(h => h.Note).HasMaxLength(2000);
            handover.Property(h => h.Answer).HasMaxLength(2000);
            handover.HasIndex(h => h.SampleId).IsUnique().HasFilter("state = 'Open'");
            handover.HasIndex(h => h.ToLabId).HasFilter("state = 'Open'");
            handover.HasOne(h => h.From).WithMany().HasForeignKey(h => h.FromId).OnDelete(DeleteBehavior.Restrict);
            handover.HasOne(h => h.ToPerson).WithMany().HasForeignKey(h => h.ToPersonId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
