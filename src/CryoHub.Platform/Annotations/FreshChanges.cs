using System.Collections.Concurrent;

namespace CryoHub.Platform.Annotations;

/// <summary>
/// What has just changed in a layer, read once for all who ask the same at the same time: the news of a shape makes everybody at the picture ask. Their rights are asked for one by one, before.
/// Names of people and merges of classes may be as old as an answer lasts.
/// </summary>
internal sealed class FreshChanges(TimeProvider time)
{
    /// <summary>Answers with more changes than this are not kept.</summary>
    private const int MostChanges = 100;

    private const int MostAnswers = 100;
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(Guid Layer, long Since, long Sequence), Answer> answers = [];

    /// <summary>Changes after <paramref name="since"/> when the layer's last one is <paramref name="sequence"/>.</summary>
    public Task<IReadOnlyList<ShapeRow>> GetAsync(Guid layer, long since, long sequence, Func<Task<IReadOnlyList<ShapeRow>>> read)
    {
        if (sequence - since > MostChanges)
        {
            return read();
        }

        if (answers.Count >= MostAnswers)
        {
            answers.Clear();
        }

        var now = time.GetUtcNow();
        return answers.AddOrUpdate((layer, since, sequence), _ => new(now, new(read)), (_, known) => known.At + Lasts > now && !known.HasFailed ? known : new(now, new(read))).Rows.Value;
    }

    private sealed record Answer(DateTimeOffset At, Lazy<Task<IReadOnlyList<ShapeRow>>> Rows)
    {
        public bool HasFailed => Rows is { IsValueCreated: true, Value: { IsFaulted: true } or { IsCanceled: true } };
    }
}
