using CryoHub.Platform;
using CryoHub.Platform.Comments;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Comments;

/// <summary>Threads of comments on a data set or a place in it.</summary>
internal static class CommentsApi
{
    public static void MapComments(this IEndpointRouteBuilder routes)
    {
        var dataset = routes.MapGroup("/api/datasets/{id:guid}/comments").WithTags("Comments").RequireAuthorization();
        dataset.MapGet("", ListAsync);
        dataset.MapPost("", StartAsync);
        dataset.MapGet("/people", PeopleAsync);

        var comment = routes.MapGroup("/api/comments/{id:guid}").WithTags("Comments").RequireAuthorization();
        comment.MapGet("", FindAsync);
        comment.MapPut("", RewordAsync);
        comment.MapDelete("", RemoveAsync);
        comment.MapPost("/answers", AnswerAsync);
        comment.MapPost("/resolution", ResolveAsync);
        comment.MapDelete("/resolution", ReopenAsync);
    }

    private static Task<Results<Ok<Page<ThreadRow>>, NotFound>> ListAsync(
        Guid id, bool? resolved, [AsParameters] PageQuery page, CurrentUser user, CommentThreads threads, CancellationToken ct) =>
        threads.ListAsync(user.Id, id, resolved, page, ct).OrNotFound();

    private static Task<Results<Created<NewId>, NotFound>> StartAsync(Guid id, CommentText body, CurrentUser user, CommentDesk desk, CancellationToken ct) =>
        desk.StartAsync(user.Id, id, body, ct).CreatedAt("/api/comments");

    private static Task<Results<Ok<IReadOnlyList<PersonName>>, NotFound>> PeopleAsync(Guid id, string? name, CurrentUser user, CommentPeople people, CancellationToken ct) =>
        people.FindAsync(user.Id, id, name, ct).OrNotFound();

    private static Task<FoundResult<CommentRow>> FindAsync(Guid id, CurrentUser user, CommentThreads threads, CancellationToken ct) =>
        threads.FindAsync(user.Id, id, ct).WithVersion(row => row.Version);

    private static Task<EditResult<CommentRow>> RewordAsync(
        Guid id, CommentWording body, IfMatch version, CurrentUser user, CommentDesk desk, CommentThreads threads, CancellationToken ct) =>
        desk.RewordAsync(user.Id, id, body.Text, version.Value, ct).ThenRead(() => threads.FindAsync(user.Id, id, ct), row => row.Version, body);

    private static Task<ChangeResult> RemoveAsync(Guid id, CurrentUser user, CommentDesk desk, CancellationToken ct) => desk.RemoveAsync(user.Id, id, ct).ToAnswer();

    private static Task<Results<Created<NewId>, NotFound>> AnswerAsync(Guid id, CommentWording body, CurrentUser user, CommentDesk desk, CancellationToken ct) =>
        desk.AnswerAsync(user.Id, id, body.Text, ct).CreatedAt("/api/comments");

    private static Task<ChangeResult> ResolveAsync(Guid id, CurrentUser user, CommentDesk desk, CancellationToken ct) => desk.ResolveAsync(user.Id, id, resolved: true, ct).ToAnswer();

    private static Task<ChangeResult> ReopenAsync(Guid id, CurrentUser user, CommentDesk desk, CancellationToken ct) => desk.ResolveAsync(user.Id, id, resolved: false, ct).ToAnswer();
}
