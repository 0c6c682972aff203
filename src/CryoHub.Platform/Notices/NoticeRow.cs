namespace CryoHub.Platform.Notices;

/// <summary>A notice as its reader sees it.</summary>
/// <param name="By">Who mentioned, answered or settled.</param>
/// <param name="Excerpt">How the comment begins, with mentions as names.</param>
public sealed record NoticeRow(Guid Id, NoticeKind Kind, string By, Guid DatasetId, string DatasetName, Guid CommentId, string Excerpt, DateTimeOffset At, bool IsRead);
