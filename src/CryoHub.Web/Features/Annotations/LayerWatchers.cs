using System.Collections.Concurrent;

namespace CryoHub.Web.Features.Annotations;

/// <summary>Who looks at which signal through this host.</summary>
internal sealed class LayerWatchers
{
    private readonly ConcurrentDictionary<(string Connection, Guid LayerId), LayerWatcher> watchers = [];

    public static string GroupOf(Guid layerId) => $"layer-{layerId}";

    public void Add(string connection, Guid layerId, LayerWatcher watcher) => watchers[(connection, layerId)] = watcher;

    public LayerWatcher? Find(string connection, Guid layerId) => watchers.GetValueOrDefault((connection, layerId));

    public void Remove(string connection, Guid layerId) => watchers.TryRemove((connection, layerId), out _);

    /// <summary>The layers that a connection looked at until now.</summary>
    public IReadOnlyList<Guid> Close(string connection) =>
        [.. watchers.Keys.Where(key => key.Connection == connection && watchers.TryRemove(key, out _)).Select(key => key.LayerId)];

    public IReadOnlyList<(string Connection, Guid LayerId, LayerWatcher Watcher)> Of(Guid userId) =>
        [.. watchers.Where(pair => pair.Value.UserId == userId).Select(pair => (pair.Key.Connection, pair.Key.LayerId, pair.Value))];

    /// <summary>The people of a layer, each once however many tabs they have.</summary>
    public IReadOnlyList<PersonHere> Here(Guid layerId) =>
        [.. watchers.Where(pair => pair.Key.LayerId == layerId).Select(pair => new PersonHere(pair.Value.UserId, pair.Value.Name)).Distinct().OrderBy(p => p.Name, StringComparer.Ordinal)];
}
