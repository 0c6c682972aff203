namespace CryoHub.Web.Features.Custody;

/// <param name="Position">The first free one where it is not given.</param>
public sealed record MovePlace(Guid ParentId, int? Position = null);
