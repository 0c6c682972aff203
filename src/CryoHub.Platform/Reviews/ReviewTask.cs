using CryoHub.Platform.Datasets;
using CryoHub.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Reviews;

/// <summary>A part of a picture that several people label, each on a layer of their own, to be compared afterwards.</summary>
public sealed class ReviewTask
{
    public Guid Id { get; init; }

    /// <summary>That of the data set.</summary>
    public Guid ProjectId { get; init; }

    public Guid DatasetId { get; init; }

    public Dataset Dataset { get; init; } = null!;

    public int SignalIndex { get; init; }

    public string Title { get; init; } = "";

    public string Instruction { get; init; } = "";

    /// <summary>Nobody sees the others' labels before all have handed in.</summary>
    public bool IsBlind { get; init; }

    /// <summary>The part that is compared: columns, rows and slices from 0.</summary>
    public int Left { get; init; }

    public int Top { get; init; }

    public int First { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }

    public int Depth { get; init; }

    public DateOnly? DueOn { get; init; }

    public List<ReviewAssignment> Assignments { get; init; } = [];

    /// <summary>The newest job that compares the labels.</summary>
    public Guid? ComparisonId { get; set; }

    public Job? Comparison { get; init; }

    public Guid CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Nothing more is handed in, and whatever was painted can be seen.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ReviewTask>
    {
        public void Configure(EntityTypeBuilder<ReviewTask> task)
        {
            task.ToTable("review_tasks");
            task.Property(t => t.Title).HasMaxLength(200);
            task.Property(t => t.Instruction).HasMaxLength(ReviewDesk.LongestInstruction);
            task.HasOne(t => t.Dataset).WithMany().HasForeignKey(t => t.DatasetId).OnDelete(DeleteBehavior.Cascade);
            task.HasOne(t => t.Comparison).WithMany().HasForeignKey(t => t.ComparisonId).OnDelete(DeleteBehavior.SetNull);
            task.HasIndex(t => new { t.ProjectId, t.CreatedAt });
            task.HasIndex(t => t.DatasetId);
        }
    }
}
