namespace CryoHub.Web.Features.Comments;

/// <summary>The words of an answer, or the new ones of a comment.</summary>
internal sealed record CommentWording(string? Text);
