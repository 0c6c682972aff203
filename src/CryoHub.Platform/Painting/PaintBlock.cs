using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Painting;

/// <summary>A block of a layer that has ever been painted in, by its place in the grid of blocks.</summary>
public sealed class PaintBlock
{
    public Guid LayerId { get; init; }

    public PaintLayer Layer { get; init; } = null!;

    /// <summary>Slice, row and column in the grid of blocks: indices of its chunk in zarr.</summary>
    public int Z { get; init; }

    public int Y { get; init; }

    public int X { get; init; }

    /// <summary>Number of the last act that may have changed it.</summary>
    public long Sequence { get; set; }

    /// <summary>Acts up to this number are in the stored chunk; 0 where nothing is stored yet.</summary>
    public long GroundSequence { get; set; }

    internal static string KeyOf(Guid layerId, int z, int y, int x, long ground) => $"paint/{layerId}/{z}/{y}/{x}/{ground}";

    internal sealed class Mapping : IEntityTypeConfiguration<PaintBlock>
    {
        public void Configure(EntityTypeBuilder<PaintBlock> block)
        {
            block.ToTable("paint_blocks");
            block.HasKey(b => new { b.LayerId, b.Z, b.Y, b.X });
            block.HasIndex(b => new { b.LayerId, b.Sequence });
            block.HasOne(b => b.Layer).WithMany().HasForeignKey(b => b.LayerId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
