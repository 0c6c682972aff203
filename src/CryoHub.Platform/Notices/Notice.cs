using CryoHub.Platform.Comments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Notices;

/// <summary>Tells one person of one comment. It says nothing by itself: words and rights are those of the comment at the moment of reading.</summary>
public sealed class Notice
{
    public Guid Id { get; init; }

    /// <summary>Whom it tells.</summary>
    public Guid UserId { get; init; }

    public NoticeKind Kind { get; init; }

    /// <summary>The comment that mentions or answers; of a settled thread its first one.</summary>
    public Guid CommentId { get; init; }

    public Comment Comment { get; init; } = null!;

    /// <summary>Who mentioned, answered or settled.</summary>
    public Guid ByUserId { get; init; }

    public DateTimeOffset At { get; init; }

    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>When it was taken for a letter; it is in no other one.</summary>
    public DateTimeOffset? MailedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Notice>
    {
        public void Configure(EntityTypeBuilder<Notice> notice)
        {
            notice.ToTable("notices");
            notice.Property(n => n.Kind).HasConversion<string>().HasMaxLength(20);
            notice.HasOne(n => n.Comment).WithMany().HasForeignKey(n => n.CommentId).OnDelete(DeleteBehavior.Cascade);
            notice.HasIndex(n => new { n.CommentId, n.UserId, n.Kind }).IsUnique();
            notice.HasIndex(n => new { n.UserId, n.At });
            notice.HasIndex(n => new { n.UserId, n.MailedAt });
        }
    }
}
