using CryoHub.Platform.Labs;
using CryoHub.Platform.Samples;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Labels;

/// <summary>A code that is printed and stuck to an item. It may be printed before there is an item, and an item may get a new one when the first is worn.</summary>
public sealed class Label
{
    public Guid Id { get; init; }

    public Guid LabId { get; init; }

    public Lab Lab { get; init; } = null!;

    /// <summary>At most 16 capital letters and digits, once in a lab for ever: a spoiled label still lies around somewhere.</summary>
    public string Code { get; init; } = "";

    /// <summary><c>null</c> while the label is blank.</summary>
    public Guid? SampleId { get; set; }

    public Sample? Sample { get; init; }

    public Guid CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was torn off or replaced; scanned, it then says so.</summary>
    public DateTimeOffset? VoidedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Label>
    {
        public void Configure(EntityTypeBuilder<Label> label)
        {
            label.ToTable("labels", table => table.HasCheckConstraint("ck_labels_code", "code ~ '^[A-Z0-9]{1,16}$'"));
            label.Property(l => l.Code).HasMaxLength(LabelCode.Longest);
            label.HasIndex(l => new { l.LabId, l.Code }).IsUnique();
            label.HasIndex(l => l.Code);
            label.HasIndex(l => l.SampleId);
            label.HasOne(l => l.Sample).WithMany().HasForeignKey(l => l.SampleId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
