using CryoHub.Platform;
using CryoHub.Platform.Notices;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Notices;

/// <summary>A person's own notices: mentions, answers, settled threads.</summary>
internal static class NoticesApi
{
    public static void MapNotices(this IEndpointRouteBuilder routes)
    {
        var notices = routes.MapGroup("/api/notices").WithTags("Notices").RequireAuthorization();
        notices.MapGet("", ListAsync);
        notices.MapGet("/unread", UnreadAsync);
        notices.MapPost("/read", MarkAllReadAsync);
        notices.MapPost("/{id:guid}/read", MarkReadAsync);
        notices.MapGet("/mail", MailAsync);
        notices.MapPut("/mail", ChooseMailAsync);
    }

    private static async Task<Ok<Page<NoticeRow>>> ListAsync(bool? unread, [AsParameters] PageQuery page, CurrentUser user, NoticeDesk desk, CancellationToken ct) =>
        TypedResults.Ok(await desk.ListAsync(user.Id, unread ?? false, page, ct));

    private static async Task<Ok<UnreadNotices>> UnreadAsync(CurrentUser user, NoticeDesk desk, CancellationToken ct) => TypedResults.Ok(await desk.UnreadAsync(user.Id, ct));

    private static async Task<NoContent> MarkAllReadAsync(CurrentUser user, NoticeDesk desk, CancellationToken ct)
    {
        await desk.MarkAllReadAsync(user.Id, ct);
        return TypedResults.NoContent();
    }

    private static Task<Results<Ok<NoticeMailChoice>, NotFound>> MailAsync(CurrentUser user, NoticeDesk desk, CancellationToken ct) => desk.MailAsync(user.Id, ct).OrNotFound();

    private static async Task<NoContent> ChooseMailAsync(NoticeMailChoice body, CurrentUser user, NoticeDesk desk, CancellationToken ct)
    {
        await desk.ChooseMailAsync(user.Id, body.Mail, ct);
        return TypedResults.NoContent();
    }

    private static Task<ChangeResult> MarkReadAsync(Guid id, CurrentUser user, NoticeDesk desk, CancellationToken ct) => desk.MarkReadAsync(user.Id, id, ct).ToAnswer();
}
