namespace CryoHub.Platform.Ledgers;

/// <summary>When a sample left what it was made from: what happens to a parent after that is no longer the child's.</summary>
/// <param name="At">End of the step that made it.</param>
/// <param name="Parents">What the step was done to.</param>
internal sealed record Lineage(DateTimeOffset At, IReadOnlyList<Guid> Parents)
{
    /// <summary>The last moment at which each ancestor's steps are also those of <paramref name="sampleId"/>; without an entry they all are.</summary>
    public static Dictionary<Guid, DateTimeOffset> Until(Guid sampleId, IReadOnlyDictionary<Guid, Lineage> makers)
    {
        var until = new Dictionary<Guid, DateTimeOffset> { [sampleId] = DateTimeOffset.MaxValue };
        var waiting = new Queue<Guid>([sampleId]);
        while (waiting.TryDequeue(out var child))
        {
            if (!makers.TryGetValue(child, out var maker))
            {
                continue;
            }

            foreach (var parent in maker.Parents)
            {
                var left = maker.At < until[child] ? maker.At : until[child];
                if (!until.TryGetValue(parent, out var known) || known < left)
                {
                    until[parent] = left;
                    waiting.Enqueue(parent);
                }
            }
        }

        return until;
    }
}
