using CryoHub.Platform.Painting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Reviews;

/// <summary>One person's part of a task: a painted layer that nobody else paints on.</summary>
public sealed class ReviewAssignment
{
    public Guid TaskId { get; init; }

    public ReviewTask Task { get; init; } = null!;

    public Guid UserId { get; init; }

    public Guid LayerId { get; init; }

    public PaintLayer Layer { get; init; } = null!;

    /// <summary>Of the data set that the labels become for the comparison: chosen once, so that it is made once.</summary>
    public Guid LabelsId { get; set; }

    /// <summary>From now on the layer stays as it is.</summary>
    public DateTimeOffset? HandedInAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ReviewAssignment>
    {
        public void Configure(EntityTypeBuilder<ReviewAssignment> assignment)
        {
            assignment.ToTable("review_assignments");
            assignment.HasKey(a => new { a.TaskId, a.UserId });
            assignment.HasOne(a => a.Task).WithMany(t => t.Assignments).HasForeignKey(a => a.TaskId).OnDelete(DeleteBehavior.Cascade);
            assignment.HasOne(a => a.Layer).WithMany().HasForeignKey(a => a.LayerId).OnDelete(DeleteBehavior.Cascade);
            assignment.HasIndex(a => a.LayerId).IsUnique();
            assignment.HasIndex(a => a.UserId);
        }
    }
}
