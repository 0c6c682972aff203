using CryoHub.Imaging.Shapes;
using CryoHub.Platform.Access;
using CryoHub.Platform.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace CryoHub.Platform.Annotations;

/// <summary>A drawn object as it is now; every state it ever had is a <see cref="ShapeVersion"/>.</summary>
public sealed class Shape : IInProject, IShapeState
{
    public Guid Id { get; init; }

    public Guid ProjectId { get; init; }

    public Project Project { get; init; } = null!;

    public Guid LayerId { get; init; }

    public AnnotationLayer Layer { get; init; } = null!;

    /// <summary>1 for the first state.</summary>
    public int Revision { get; set; }

    /// <summary>Number of the last change within the layer.</summary>
    public long Sequence { get; set; }

    public ShapeKind Kind { get; set; }

    /// <summary>Key of a class of the project's vocabulary, as drawn; merged classes are followed when it is read.</summary>
    public string ClassKey { get; set; } = "";

    public string Label { get; set; } = "";

    /// <summary>x, y, x, y of all rings, in pixels.</summary>
    public double[] Coordinates { get; set; } = [];

    /// <summary>Numbers in <see cref="Coordinates"/> of each ring.</summary>
    public int[] RingLengths { get; set; } = [];

    /// <summary>First and last frame it is on, counted over all slow axes; <c>null</c> for all.</summary>
    public int? FirstFrame { get; set; }

    public int? LastFrame { get; set; }

    /// <summary>How sure the person was, 0 to 1; <c>null</c> where nothing was said.</summary>
    public double? Confidence { get; set; }

    /// <summary>For the spatial index, which is <c>ix_shapes_view</c> of the migrations' own SQL.</summary>
    public NpgsqlBox Bounds { get; set; }

    public Guid CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public Guid ChangedBy { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Shape>
    {
        public void Configure(EntityTypeBuilder<Shape> shape)
        {
            shape.ToTable("shapes");
            shape.Property(s => s.Kind).HasConversion<string>().HasMaxLength(20);
            shape.Property(s => s.ClassKey).HasMaxLength(60);
            shape.Property(s => s.Label).HasMaxLength(400);
            shape.Property(s => s.Revision).IsConcurrencyToken();
            shape.HasIndex(s => new { s.LayerId, s.Sequence });
        }
    }
}
