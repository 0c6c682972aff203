using System.Collections.Concurrent;
using CryoHub.Platform.Access;
using CryoHub.Platform.Messages;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Storage;

/// <summary>Where the zarr groups lie that a person may see. A viewer asks hundreds of times a minute, so answers are kept for 4 s and dropped when a right ends: what is asked while a right ends, or thrown away, is over within 5 s all the same.</summary>
public sealed class PixelRights : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(4);
    private const int Most = 50_000;

    private readonly IDbContextFactory<CryoHubDb> dbs;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<Question, Answer> known = [];
    private readonly IDisposable news;

    public PixelRights(IDbContextFactory<CryoHubDb> dbs, LocalNews news, TimeProvider clock)
    {
        (this.dbs, this.clock) = (dbs, clock);
        this.news = news.Subscribe<AccessChanged>(Forget);
    }

    /// <summary>Prefix of the group; <c>null</c> where the person sees none.</summary>
    public Task<string?> OfSignalAsync(Guid userId, Guid datasetId, int index, CancellationToken ct) => AskAsync(
        new Question(userId, datasetId, index),
        db => db.Datasets.VisibleTo(userId).Where(d => d.Id == datasetId).SelectMany(d => d.Signals).Where(s => s.Index == index).Select(s => s.ZarrPrefix),
        ct);

    public Task<string?> OfItemAsync(Guid userId, Guid resultId, int index, CancellationToken ct) => AskAsync(
        new Question(userId, resultId, index),
        db => db.Results.VisibleTo(userId).Where(r => r.Id == resultId).SelectMany(r => r.Items).Where(i => i.Index == index && i.ObjectKey.EndsWith(".zarr")).Select(i => i.ObjectKey),
        ct);

    public void Dispose() => news.Dispose();

    private async Task<string?> AskAsync(Question question, Func<CryoHubDb, IQueryable<string>> ask, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (known.TryGetValue(question, out var answer) && answer.Until > now)
        {
            return answer.Prefix;
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        var prefix = await ask(db).SingleOrDefaultAsync(ct);
        if (known.Count > Most)
        {
            known.Clear();
        }

        known[question] = new Answer(prefix, now + (prefix is null ? TimeSpan.Zero : Fresh));
        return prefix;
    }

    private Task Forget(AccessChanged change)
    {
        foreach (var question in known.Keys.Where(question => question.UserId == change.UserId))
        {
            known.TryRemove(question, out _);
        }

        return Task.CompletedTask;
    }

    private readonly record struct Question(Guid UserId, Guid OwnerId, int Index);

    private readonly record struct Answer(string? Prefix, DateTimeOffset Until);
}
