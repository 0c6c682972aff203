using CryoHub.Platform.Storage;

namespace CryoHub.Worker.Jobs;

/// <summary>The parts of a job that are in the store, open for reading.</summary>
internal sealed class StoredParts : IDisposable
{
    private readonly SortedDictionary<int, StoredObject> open = [];

    /// <summary>In order of their numbers.</summary>
    public IReadOnlyList<StoredObject> Objects => [.. open.Values];

    /// <summary>Opens those of <paramref name="parts"/> that are there.</summary>
    public static async Task<StoredParts> OpenAsync(IObjectStore store, Guid jobId, IEnumerable<int> parts, CancellationToken ct)
    {
        var stored = new StoredParts();
        foreach (var part in parts)
        {
            if (await store.OpenAsync(PlannedAnalysis.PartOf(jobId, part), ct) is { } found)
            {
                stored.open[part] = found;
            }
        }

        return stored;
    }

    public IReadOnlyList<int> MissingOf(int parts) => [.. Enumerable.Range(0, parts).Where(part => !open.ContainsKey(part))];

    public void Dispose()
    {
        foreach (var part in open.Values)
        {
            part.Dispose();
        }
    }
}
