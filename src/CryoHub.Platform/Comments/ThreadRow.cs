namespace CryoHub.Platform.Comments;

/// <summary>A comment, what it points at, and all answers, the oldest first.</summary>
/// <param name="ResolvedBy">Empty while it is open.</param>
public sealed record ThreadRow(CommentRow First, CommentPlace? Place, IReadOnlyList<CommentRow> Answers, string ResolvedBy, DateTimeOffset? ResolvedAt);
