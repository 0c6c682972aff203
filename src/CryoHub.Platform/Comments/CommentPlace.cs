namespace CryoHub.Platform.Comments;

/// <summary>A point of a picture.</summary>
/// <param name="X">In pixels from the left edge.</param>
/// <param name="Y">In pixels from the upper edge.</param>
/// <param name="Frame">Counted over all slow axes, from 0.</param>
public sealed record CommentPlace(int Signal, double X, double Y, int Frame = 0);
