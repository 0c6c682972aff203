using System.Collections.Concurrent;

namespace CryoHub.Platform.Messages;

/// <summary>News inside one process: whoever has subscribed is called before <see cref="PublishAsync"/> returns.</summary>
public sealed class LocalNews : INews
{
    private readonly ConcurrentDictionary<object, Func<object, Task>> listeners = [];

    public async Task PublishAsync<T>(T news, CancellationToken ct)
        where T : class
    {
        foreach (var listener in listeners.Values)
        {
            await listener(news);
        }
    }

    /// <summary>Calls <paramref name="listener"/> for each <typeparamref name="T"/> until the answer is disposed.</summary>
    public IDisposable Subscribe<T>(Func<T, Task> listener)
        where T : class
    {
        var subscription = new Subscription(listeners);
        listeners[subscription] = news => news is T wanted ? listener(wanted) : Task.CompletedTask;
        return subscription;
    }

    private sealed class Subscription(ConcurrentDictionary<object, Func<object, Task>> listeners) : IDisposable
    {
        public void Dispose() => listeners.TryRemove(this, out _);
    }
}
