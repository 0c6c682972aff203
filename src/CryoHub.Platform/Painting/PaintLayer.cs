using CryoHub.Imaging;
using CryoHub.Imaging.Labels;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Painting;

/// <summary>
/// Labels of every voxel of a signal, painted by many. Each act takes the next number of <see cref="Sequence"/> and holds the row until it is committed: the numbers are the order,
/// and whoever applies them has the same labels.
/// </summary>
public sealed class PaintLayer
{
    public Guid Id { get; init; }

    public Guid ProjectId { get; init; }

    public Project Project { get; init; } = null!;

    public Guid DatasetId { get; init; }

    public Dataset Dataset { get; init; } = null!;

    public int SignalIndex { get; init; }

    public string Name { get; set; } = "";

    public int Width { get; init; }

    public int Height { get; init; }

    /// <summary>Pictures over all other axes of the signal.</summary>
    public int Depth { get; init; }

    public long Sequence { get; set; }

    /// <summary>Acts up to this number may have become ground: they can no longer be undone.</summary>
    public long GroundSequence { get; set; }

    public Guid CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>When it was marked as ground truth: from then on it stays as it is, until the mark is taken away.</summary>
    public DateTimeOffset? TruthAt { get; set; }

    /// <summary>Who marked it.</summary>
    public Guid? TruthBy { get; set; }

    public List<PaintLabel> Labels { get; init; } = [];

    internal LabelGrid Grid => new(Width, Height, Depth);

    /// <summary>To be asked with the row locked, as marking locks it too.</summary>
    /// <exception cref="ProblemException">Conflict: the layer is ground truth.</exception>
    internal void RequireNoTruth()
    {
        if (TruthAt is not null)
        {
            throw new ProblemException(ProblemKind.Conflict, $"“{Name}” is marked as ground truth and stays as it is; a manager of the project can take the mark away.");
        }
    }

    internal sealed class Mapping : IEntityTypeConfiguration<PaintLayer>
    {
        public void Configure(EntityTypeBuilder<PaintLayer> layer)
        {
            layer.ToTable("paint_layers");
            layer.Property(l => l.Name).HasMaxLength(200);
            layer.Ignore(l => l.Grid);
            layer.HasIndex(l => new { l.DatasetId, l.SignalIndex });
        }
    }
}
