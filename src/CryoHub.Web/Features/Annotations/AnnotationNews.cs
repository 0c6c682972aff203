using CryoHub.Platform.Annotations;
using CryoHub.Platform.Messages;
using Microsoft.AspNetCore.SignalR;

namespace CryoHub.Web.Features.Annotations;

/// <summary>Carries news of layers from the bus to the hub's groups, and takes those out whose right has ended.</summary>
internal sealed class AnnotationNews(LocalNews news, IHubContext<AnnotationsHub> hub, LayerWatchers layers, ShapeLog shapes) : IHostedService
{
    private readonly List<IDisposable> subscriptions = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        subscriptions.Add(news.Subscribe<AnnotationChanged>(change => hub.Clients.Group(LayerWatchers.GroupOf(change.LayerId)).SendAsync("annotationChanged", change)));
        subscriptions.Add(news.Subscribe<PaintChanged>(change => hub.Clients.Group(LayerWatchers.GroupOf(change.LayerId)).SendAsync("paintChanged", change)));
        subscriptions.Add(news.Subscribe<AccessChanged>(FollowAsync));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        subscriptions.ForEach(subscription => subscription.Dispose());
        return Task.CompletedTask;
    }

    private async Task FollowAsync(AccessChanged change)
    {
        foreach (var (connection, layerId, watcher) in layers.Of(change.UserId))
        {
            if (await shapes.LayerAsync(watcher.UserId, watcher.DatasetId, watcher.SignalIndex, CancellationToken.None) is null)
            {
                layers.Remove(connection, layerId);
                await hub.Groups.RemoveFromGroupAsync(connection, LayerWatchers.GroupOf(layerId));
                await hub.Clients.Group(LayerWatchers.GroupOf(layerId)).SendAsync("here", layers.Here(layerId));
            }
        }
    }
}
