using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Painting;

/// <summary>One act on a layer, at its place in the order. Rows are only ever added, so who painted what and when stays known.</summary>
public sealed class PaintStroke
{
    public Guid LayerId { get; init; }

    public PaintLayer Layer { get; init; } = null!;

    public long Sequence { get; init; }

    /// <summary>Given by who paints, so that what is sent twice happens once.</summary>
    public Guid Id { get; init; }

    public PaintAct Act { get; init; }

    /// <summary>Number of the stroke that is undone or redone.</summary>
    public long? Target { get; init; }

    /// <summary>The stroke; <c>null</c> where one is undone or redone.</summary>
    public JsonDocument? Content { get; init; }

    /// <summary>Of a stroke: whether it is undone now.</summary>
    public bool IsUndone { get; set; }

    public Guid PaintedBy { get; init; }

    public DateTimeOffset PaintedAt { get; init; }

    // The box that may change, first and last voxel of each axis.
    public int Left { get; init; }

    public int Top { get; init; }

    public int First { get; init; }

    public int Right { get; init; }

    public int Bottom { get; init; }

    public int Last { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PaintStroke>
    {
        public void Configure(EntityTypeBuilder<PaintStroke> stroke)
        {
            stroke.ToTable("paint_strokes");
            stroke.HasKey(s => new { s.LayerId, s.Sequence });
            stroke.Property(s => s.Act).HasConversion<string>().HasMaxLength(10);
            stroke.HasIndex(s => s.Id).IsUnique();
            stroke.HasOne(s => s.Layer).WithMany().HasForeignKey(s => s.LayerId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
