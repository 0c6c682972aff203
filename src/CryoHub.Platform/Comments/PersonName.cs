namespace CryoHub.Platform.Comments;

/// <summary>Somebody who is or may be mentioned.</summary>
public sealed record PersonName(Guid Id, string Name);
