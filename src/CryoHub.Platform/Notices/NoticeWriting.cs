using CryoHub.Platform.Comments;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Notices;

/// <summary>Writes the notices of a comment into the transaction that writes the comment, and says whom it told. Nobody is told of what they did themselves, nor of what they may not see.</summary>
internal static class NoticeWriting
{
    /// <summary>Of a new comment: those it mentions, and who wrote in its thread before. Saved with the comment by the caller.</summary>
    public static async Task<IReadOnlyList<Guid>> AddForAsync(this CryoHubDb db, Comment comment, IReadOnlyList<Guid> mentioned, CancellationToken ct)
    {
        List<Guid> told = [.. mentioned.Where(person => person != comment.WrittenBy)];
        db.AddRange(told.Select(person => About(comment.Id, NoticeKind.Mention, person, comment.WrittenBy, comment.WrittenAt)));
        if (comment.ThreadId is { } thread)
        {
            var writers = await WritersAsync(db, thread, comment.WrittenBy, ct);
            List<Guid> others = [.. writers.Except(told)];
            db.AddRange(others.Select(person => About(comment.Id, NoticeKind.Answer, person, comment.WrittenBy, comment.WrittenAt)));
            told.AddRange(others);
        }

        return told;
    }

    /// <summary>Of a comment worded anew: who is mentioned now and was not told is told; who is no longer mentioned has no notice any more.</summary>
    public static async Task<IReadOnlyList<Guid>> MentionAnewAsync(
        this CryoHubDb db, Guid commentId, Guid writer, IReadOnlyList<Guid> mentioned, IReadOnlyList<Guid> added, DateTimeOffset now, CancellationToken ct)
    {
        var notices = db.Notices.Where(n => n.CommentId == commentId && n.Kind == NoticeKind.Mention);
        var had = await notices.Select(n => n.UserId).ToListAsync(ct);
        await notices.Where(n => !mentioned.Contains(n.UserId)).ExecuteDeleteAsync(ct);
        List<Guid> told = [.. added.Except(had).Where(person => person != writer)];
        db.AddRange(told.Select(person => About(commentId, NoticeKind.Mention, person, writer, now)));
        await db.SaveChangesAsync(ct);
        return [.. told, .. had.Except(mentioned)];
    }

    /// <summary>Of a settled thread, to all who wrote in it.</summary>
    public static async Task<IReadOnlyList<Guid>> SettleAsync(this CryoHubDb db, Guid thread, Guid by, DateTimeOffset now, CancellationToken ct)
    {
        var writers = await WritersAsync(db, thread, by, ct);
        db.AddRange(writers.Select(person => About(thread, NoticeKind.Resolved, person, by, now)));
        await db.SaveChangesAsync(ct);
        return writers;
    }

    /// <summary>Takes notices away whose cause is gone.</summary>
    public static async Task<IReadOnlyList<Guid>> WithdrawAsync(this IQueryable<Notice> notices, CancellationToken ct)
    {
        var readers = await notices.Select(n => n.UserId).Distinct().ToListAsync(ct);
        await notices.ExecuteDeleteAsync(ct);
        return readers;
    }

    private static Task<List<Guid>> WritersAsync(CryoHubDb db, Guid thread, Guid except, CancellationToken ct) => db.Comments
        .Where(c => (c.Id == thread || c.ThreadId == thread) && c.RemovedAt == null && c.WrittenBy != except)
        .Where(c => c.Dataset.Project.Access.Any(a => a.UserId == c.WrittenBy))
        .Select(c => c.WrittenBy).Distinct().ToListAsync(ct);

    private static Notice About(Guid comment, NoticeKind kind, Guid reader, Guid by, DateTimeOffset at) =>
        new() { Id = Guid.CreateVersion7(), CommentId = comment, Kind = kind, UserId = reader, ByUserId = by, At = at };
}
