namespace CryoHub.Platform.Comments;

/// <summary>What begins a thread.</summary>
/// <param name="Place">What it points at; <c>null</c> where the data set as a whole is meant.</param>
public sealed record CommentText(string? Text, CommentPlace? Place = null);
