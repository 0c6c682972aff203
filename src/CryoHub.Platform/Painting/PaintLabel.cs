using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Painting;

/// <summary>What a number in a layer stands for.</summary>
public sealed class PaintLabel
{
    public Guid LayerId { get; init; }

    public PaintLayer Layer { get; init; } = null!;

    /// <summary>1 to 2^53 − 1: every browser can tell these apart.</summary>
    public long Value { get; init; }

    public string Name { get; set; } = "";

    /// <summary>Key of a class of the project's vocabulary; empty for none.</summary>
    public string ClassKey { get; set; } = "";

    /// <summary>#RRGGBB.</summary>
    public string Colour { get; set; } = "";

    /// <summary>Nobody paints over it or with it.</summary>
    public bool IsLocked { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<PaintLabel>
    {
        public void Configure(EntityTypeBuilder<PaintLabel> label)
        {
            label.ToTable("paint_labels");
            label.HasKey(l => new { l.LayerId, l.Value });
            label.Property(l => l.Name).HasMaxLength(200);
            label.Property(l => l.ClassKey).HasMaxLength(60);
            label.Property(l => l.Colour).HasMaxLength(7);
            label.HasOne(l => l.Layer).WithMany(l => l.Labels).HasForeignKey(l => l.LayerId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
