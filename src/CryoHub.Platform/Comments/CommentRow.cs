namespace CryoHub.Platform.Comments;

/// <summary>A comment as the person asking sees it.</summary>
/// <param name="Text">Mentions in it are ids (<see cref="Comments.Mentions"/>).</param>
/// <param name="Mentions">The names of those it mentions.</param>
/// <param name="IsRemoved">Its writer has taken it away; it stands there for the answers to it.</param>
/// <param name="IsMine">Written by the person asking.</param>
public sealed record CommentRow(Guid Id, string Text, IReadOnlyList<PersonName> Mentions, string Author, DateTimeOffset WrittenAt, DateTimeOffset? EditedAt, bool IsRemoved, bool IsMine, uint Version);
