using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Annotations;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Messages;
using CryoHub.Platform.Notices;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Comments;

/// <summary>Says something about a data set, answers, and calls a thread settled. It takes a role that may annotate; only the writer of a comment changes it or takes it away.</summary>
public sealed class CommentDesk(IDbContextFactory<CryoHubDb> dbs, INews news, TimeProvider time)
{
    public const int LongestText = 4000;

    /// <summary>Of one thread, so that a page of threads stays small.</summary>
    public const int MostAnswers = 100;

    /// <summary>Begins a thread; <c>null</c> where the data set, or the signal that is pointed at, cannot be seen.</summary>
    /// <exception cref="ProblemException">Forbidden; or Invalid: no text, too long, no such place, or a mention of somebody who may not see the data set.</exception>
    public async Task<Guid?> StartAsync(Guid userId, Guid datasetId, CommentText said, CancellationToken ct)
    {
        var text = Wording(said.Text);
        await using var db = await dbs.ForAsync(userId, ct);
        var dataset = await db.Datasets.VisibleTo(userId).Where(d => d.Id == datasetId)
            .Select(d => new { d.ProjectId, MayWrite = d.Project.Access.Any(a => a.UserId == userId && a.Role >= ProjectRole.Annotator) }).SingleOrDefaultAsync(ct);
        if (dataset is null)
        {
            return null;
        }

        Require(dataset.MayWrite);
        if (said.Place is { } place && !await IsThereAsync(db, userId, datasetId, place, ct))
        {
            return null;
        }

        var comment = new Comment
        {
            Id = Guid.CreateVersion7(),
            ProjectId = dataset.ProjectId,
            DatasetId = datasetId,
            SignalIndex = said.Place?.Signal,
            Frame = said.Place?.Frame,
            X = said.Place?.X,
            Y = said.Place?.Y,
            Text = text,
            WrittenBy = userId,
            WrittenAt = time.GetUtcNow(),
        };
        return await AddAsync(db, comment, ct);
    }

    /// <summary>Answers a thread, whichever of its comments is named; <c>null</c> where it cannot be seen.</summary>
    /// <exception cref="ProblemException">Forbidden; or Invalid: no text, too long, too many answers, or a mention of somebody who may not see the data set.</exception>
    public async Task<Guid?> AnswerAsync(Guid userId, Guid id, string? words, CancellationToken ct)
    {
        var text = Wording(words);
        await using var db = await dbs.ForAsync(userId, ct);
        if (await FindAsync(db, userId, id, ct) is not { } seen)
        {
            return null;
        }

        Require(seen.MayWrite);
        var thread = seen.ThreadId ?? id;
        if (await db.Comments.CountAsync(c => c.ThreadId == thread && c.RemovedAt == null, ct) is var count && count >= MostAnswers)
        {
            throw ProblemException.Invalid($"This thread has {count} answers; {MostAnswers} is the limit. Begin another one.");
        }

        var answer = new Comment { Id = Guid.CreateVersion7(), ProjectId = seen.ProjectId, DatasetId = seen.DatasetId, ThreadId = thread, Text = text, WrittenBy = userId, WrittenAt = time.GetUtcNow() };
        return await AddAsync(db, answer, ct);
    }

    /// <summary>Words one's own comment anew.</summary>
    /// <exception cref="ProblemException">Invalid: no text, too long, or a new mention of somebody who may not see the data set.</exception>
    public Task<Change> RewordAsync(Guid userId, Guid id, string? words, uint version, CancellationToken ct)
    {
        var (text, now) = (Wording(words), time.GetUtcNow());
        return ChangeAsync(userId, id, mine: true, Change.Conflict, RewordAsync, ct);

        async Task<IReadOnlyList<Guid>?> RewordAsync(CryoHubDb db, SeenComment seen, IQueryable<Comment> comments)
        {
            var mentioned = Mentions.Of(text);
            var added = mentioned.Except(Mentions.Of(seen.Text)).ToList();
            await CommentPeople.RequireAllSeeAsync(db, seen.DatasetId, added, ct);
            return await comments.Where(c => c.Version == version).ExecuteUpdateAsync(set => set.SetProperty(c => c.Text, text).SetProperty(c => c.EditedAt, now), ct) == 0
                ? null : await db.MentionAnewAsync(id, userId, mentioned, added, now, ct);
        }
    }

    /// <summary>Takes one's own comment away. Its answers stay.</summary>
    public Task<Change> RemoveAsync(Guid userId, Guid id, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return ChangeAsync(
            userId, id, mine: true, Change.Absent,
            async (db, _, comments) => await comments.ExecuteUpdateAsync(set => set.SetProperty(c => c.Text, "").SetProperty(c => c.RemovedAt, now), ct) == 0
                ? null : await db.Notices.Where(n => n.CommentId == id && n.Kind != NoticeKind.Resolved).WithdrawAsync(ct),
            ct);
    }

    /// <summary>Calls the thread that this comment begins settled, or opens it again. Doing it twice changes nothing.</summary>
    public Task<Change> ResolveAsync(Guid userId, Guid id, bool resolved, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (by, at) = resolved ? (userId, now) : ((Guid?)null, (DateTimeOffset?)null);
        return ChangeAsync(userId, id, mine: false, Change.Done, SettleAsync, ct);

        async Task<IReadOnlyList<Guid>?> SettleAsync(CryoHubDb db, SeenComment seen, IQueryable<Comment> comments)
        {
            var changed = await comments.Where(c => c.ThreadId == null && (c.ResolvedAt != null) != resolved)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.ResolvedBy, by).SetProperty(c => c.ResolvedAt, at), ct);
            return changed == 0 ? null
                : resolved ? await db.SettleAsync(id, userId, now, ct)
                : await db.Notices.Where(n => n.CommentId == id && n.Kind == NoticeKind.Resolved).WithdrawAsync(ct);
        }
    }

    /// <param name="otherwise">What it means that a comment which the person may change was not.</param>
    /// <param name="update">Gets the comment only where the person may do this to it; returns whose notices it changed, <c>null</c> where it changed nothing.</param>
    private async Task<Change> ChangeAsync(
        Guid userId, Guid id, bool mine, Change otherwise, Func<CryoHubDb, SeenComment, IQueryable<Comment>, Task<IReadOnlyList<Guid>?>> update, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await FindAsync(db, userId, id, ct) is not { } seen || (mine && seen.IsRemoved))
        {
            return Change.Absent;
        }

        if (!seen.MayWrite || (mine && seen.WrittenBy != userId))
        {
            return Change.Forbidden;
        }

        await using var whole = await db.Database.BeginTransactionAsync(ct);
        var told = await update(db, seen, db.Comments.Where(c => c.Id == id && (!mine || (c.WrittenBy == userId && c.RemovedAt == null))
            && db.Datasets.WithRole(userId, ProjectRole.Annotator).Any(d => d.Id == c.DatasetId)));
        await whole.CommitAsync(ct);
        if (told is null)
        {
            return otherwise;
        }

        await TellAsync(seen.DatasetId, told, ct);
        return Change.Done;
    }

    private async Task<Guid?> AddAsync(CryoHubDb db, Comment comment, CancellationToken ct)
    {
        var mentioned = Mentions.Of(comment.Text);
        await CommentPeople.RequireAllSeeAsync(db, comment.DatasetId, mentioned, ct);
        db.Add(comment);
        var told = await db.AddForAsync(comment, mentioned, ct);
        await db.SaveChangesAsync(ct);
        await TellAsync(comment.DatasetId, told, ct);
        return comment.Id;
    }

    private async Task TellAsync(Guid datasetId, IReadOnlyList<Guid> readers, CancellationToken ct)
    {
        await news.PublishAsync(new CommentsChanged(datasetId), ct);
        foreach (var reader in readers)
        {
            await news.PublishAsync(new NoticesChanged(reader), ct);
        }
    }

    private static async Task<bool> IsThereAsync(CryoHubDb db, Guid userId, Guid datasetId, CommentPlace place, CancellationToken ct)
    {
        if (await Canvas.FindAsync(db, userId, datasetId, place.Signal, ct) is not { } canvas)
        {
            return false;
        }

        var isInside = place.X >= 0 && place.X <= canvas.X.Size && place.Y >= 0 && place.Y <= canvas.Y.Size && place.Frame >= 0 && place.Frame < canvas.Frames;
        return isInside ? true : throw ProblemException.Invalid(
            $"The place x {place.X}, y {place.Y}, frame {place.Frame} is outside: the picture has {canvas.X.Size} x {canvas.Y.Size} pixels and {canvas.Frames} {(canvas.Frames == 1 ? "frame" : "frames")}, counted from 0.");
    }

    private static Task<SeenComment?> FindAsync(CryoHubDb db, Guid userId, Guid id, CancellationToken ct) => CommentThreads.Visible(db, userId).Where(c => c.Id == id)
        .Select(c => new SeenComment(
            c.ProjectId, c.DatasetId, c.ThreadId, c.Text, c.WrittenBy, c.RemovedAt != null, c.Dataset.Project.Access.Any(a => a.UserId == userId && a.Role >= ProjectRole.Annotator)))
        .SingleOrDefaultAsync(ct);

    internal static void Require(bool mayWrite)
    {
        if (!mayWrite)
        {
            throw new ProblemException(ProblemKind.Forbidden, "You may look at this project, not write comments in it.");
        }
    }

    private static string Wording(string? text) =>
        Required.AtMost(text, LongestText, "The comment") is { Length: > 0 } words ? words : throw ProblemException.Invalid("A comment needs some words.");

    private sealed record SeenComment(Guid ProjectId, Guid DatasetId, Guid? ThreadId, string Text, Guid WrittenBy, bool IsRemoved, bool MayWrite);
}
