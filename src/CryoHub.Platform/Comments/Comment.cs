using CryoHub.Platform.Datasets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Comments;

/// <summary>What a person said about a data set, or in answer to that. Seen by whoever sees the data set.</summary>
public sealed class Comment
{
    public Guid Id { get; init; }

    /// <summary>That of the data set.</summary>
    public Guid ProjectId { get; init; }

    public Guid DatasetId { get; init; }

    public Dataset Dataset { get; init; } = null!;

    /// <summary>The comment that is answered; <c>null</c> for the one that begins a thread.</summary>
    public Guid? ThreadId { get; init; }

    public Comment? Thread { get; init; }

    public List<Comment> Answers { get; } = [];

    /// <summary>The signal that is pointed at; <c>null</c> where the data set as a whole is meant.</summary>
    public int? SignalIndex { get; init; }

    /// <summary>Counted over all slow axes, as for shapes.</summary>
    public int? Frame { get; init; }

    /// <summary>In pixels from the left edge.</summary>
    public double? X { get; init; }

    /// <summary>In pixels from the upper edge.</summary>
    public double? Y { get; init; }

    /// <summary>Empty once its writer has taken it away.</summary>
    public string Text { get; set; } = "";

    public Guid WrittenBy { get; init; }

    public DateTimeOffset WrittenAt { get; init; }

    public DateTimeOffset? EditedAt { get; set; }

    public DateTimeOffset? RemovedAt { get; set; }

    /// <summary>Who called the thread settled; of its first comment only.</summary>
    public Guid? ResolvedBy { get; set; }

    public DateTimeOffset? ResolvedAt { get; set; }

    public uint Version { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Comment>
    {
        public void Configure(EntityTypeBuilder<Comment> comment)
        {
            comment.ToTable("comments", table => table.HasCheckConstraint(
                "ck_comments_place", "(x is null) = (signal_index is null) and (y is null) = (signal_index is null) and (frame is null) = (signal_index is null)"));
            comment.Property(c => c.Text).HasMaxLength(CommentDesk.LongestText);
            comment.Property(c => c.Version).IsRowVersion();
            comment.HasOne(c => c.Dataset).WithMany().HasForeignKey(c => c.DatasetId).OnDelete(DeleteBehavior.Cascade);
            comment.HasOne(c => c.Thread).WithMany(c => c.Answers).HasForeignKey(c => c.ThreadId).OnDelete(DeleteBehavior.Cascade);
            comment.HasIndex(c => new { c.DatasetId, c.WrittenAt });
            comment.HasIndex(c => new { c.ThreadId, c.WrittenAt });
        }
    }
}
