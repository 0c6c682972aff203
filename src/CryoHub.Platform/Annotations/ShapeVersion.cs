using CryoHub.Imaging.Shapes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Annotations;

/// <summary>One state of a shape: who made it, when, and what it was. Rows are only ever added.</summary>
public sealed class ShapeVersion : IShapeState
{
    public Guid ShapeId { get; init; }

    public Shape Shape { get; init; } = null!;

    public int Revision { get; init; }

    public long Sequence { get; init; }

    public ShapeKind Kind { get; init; }

    public string ClassKey { get; init; } = "";

    public string Label { get; init; } = "";

    public double[] Coordinates { get; init; } = [];

    public int[] RingLengths { get; init; } = [];

    public int? FirstFrame { get; init; }

    public int? LastFrame { get; init; }

    public double? Confidence { get; init; }

    /// <summary>True for the state "taken away".</summary>
    public bool IsDeleted { get; init; }

    public Guid ChangedBy { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ShapeVersion>
    {
        public void Configure(EntityTypeBuilder<ShapeVersion> version)
        {
            version.ToTable("shape_versions");
            version.HasKey(v => new { v.ShapeId, v.Revision });
            version.Property(v => v.Kind).HasConversion<string>().HasMaxLength(20);
            version.Property(v => v.ClassKey).HasMaxLength(60);
            version.Property(v => v.Label).HasMaxLength(400);
        }
    }
}
