using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Comments;

/// <summary>What has been said about data sets.</summary>
public sealed class CommentThreads(IDbContextFactory<CryoHubDb> dbs)
{
    /// <summary>Open threads first, then the newest; <c>null</c> where the data set cannot be seen.</summary>
    /// <param name="resolved">Only settled threads, or only open ones; <c>null</c> for both.</param>
    public async Task<Page<ThreadRow>?> ListAsync(Guid userId, Guid datasetId, bool? resolved, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await db.Datasets.VisibleTo(userId).AnyAsync(d => d.Id == datasetId, ct))
        {
            return null;
        }

        var threads = await Visible(db, userId)
            .Where(c => c.DatasetId == datasetId && c.ThreadId == null && (c.RemovedAt == null || c.Answers.Any(a => a.RemovedAt == null)))
            .Where(c => resolved == null || resolved == (c.ResolvedAt != null))
            .OrderBy(c => c.ResolvedAt != null).ThenByDescending(c => c.WrittenAt).ThenBy(c => c.Id)
            .AsNoTracking().ToPageAsync(page, ct);
        var ids = threads.Items.Select(c => c.Id).ToList();
        var answers = await Visible(db, userId).Where(c => c.RemovedAt == null && ids.Contains(c.ThreadId!.Value)).OrderBy(c => c.WrittenAt).ThenBy(c => c.Id).AsNoTracking().ToListAsync(ct);
        var names = await NamesAsync(db, [.. threads.Items, .. answers], ct);
        var byThread = answers.ToLookup(c => c.ThreadId);
        return new(
            [.. threads.Items.Select(c => new ThreadRow(Row(c), Place(c), [.. byThread[c.Id].Select(Row)], c.ResolvedBy is { } by ? names.GetValueOrDefault(by, "") : "", c.ResolvedAt))],
            threads.Total, threads.Skip, threads.Take);

        CommentRow Row(Comment c) => RowOf(c, names, userId);
    }

    /// <summary>One comment; <c>null</c> where it cannot be seen or was taken away.</summary>
    public async Task<CommentRow?> FindAsync(Guid userId, Guid id, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var comment = await Visible(db, userId).Where(c => c.Id == id && c.RemovedAt == null).AsNoTracking().SingleOrDefaultAsync(ct);
        return comment is null ? null : RowOf(comment, await NamesAsync(db, [comment], ct), userId);
    }

    /// <summary>Whether the person may comment on the data set.</summary>
    public async Task<bool> MayWriteAsync(Guid userId, Guid datasetId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Datasets.WithRole(userId, ProjectRole.Annotator).AnyAsync(d => d.Id == datasetId, ct);
    }

    internal static IQueryable<Comment> Visible(CryoHubDb db, Guid userId) => db.Comments.Where(c => db.Datasets.VisibleTo(userId).Any(d => d.Id == c.DatasetId));

    private static Task<Dictionary<Guid, string>> NamesAsync(CryoHubDb db, IReadOnlyList<Comment> comments, CancellationToken ct) => CommentPeople.NamesAsync(
        db, comments.Select(c => c.WrittenBy).Concat(comments.Select(c => c.ResolvedBy).OfType<Guid>()).Concat(comments.SelectMany(c => Mentions.Of(c.Text))), ct);

    private static CommentRow RowOf(Comment c, Dictionary<Guid, string> names, Guid reader) => new(
        c.Id, c.Text, [.. Mentions.Of(c.Text).Where(names.ContainsKey).Select(person => new PersonName(person, names[person]))], names.GetValueOrDefault(c.WrittenBy, ""), c.WrittenAt, c.EditedAt,
        c.RemovedAt is not null, c.WrittenBy == reader, c.Version);

    private static CommentPlace? Place(Comment c) => c.SignalIndex is { } signal ? new(signal, c.X!.Value, c.Y!.Value, c.Frame!.Value) : null;
}
