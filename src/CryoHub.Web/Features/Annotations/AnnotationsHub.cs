using System.Security.Claims;
using CryoHub.Platform.Annotations;
using CryoHub.Platform.Painting;
using CryoHub.Web.Features.Jobs;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.SignalR;

namespace CryoHub.Web.Features.Annotations;

/// <summary>
/// News of a layer and the people at it: <c>Watch(datasetId, index)</c>, then <c>annotationChanged</c>, <c>paintChanged</c>, <c>here</c> (who is there), <c>pointed</c> (cursors) and
/// <c>brushed</c> (strokes of the others while they are drawn) arrive.
/// It tells that something is new; what is new is asked for through the API, with the rights of the day.
/// </summary>
internal sealed class AnnotationsHub(ShapeLog shapes, PaintLayers painted, LayerWatchers layers, JobWatchers connections) : Hub
{
    public async Task<Guid> Watch(Guid datasetId, int signalIndex)
    {
        if (CurrentUser.From(Context.User!) is not { } user || await shapes.LayerAsync(user.Id, datasetId, signalIndex, Context.ConnectionAborted) is not { } layer)
        {
            throw new HubException("There is no such signal.");
        }

        layers.Add(Context.ConnectionId, layer.Id, new(user.Id, Context.User!.FindFirstValue(ClaimTypes.GivenName) ?? "", datasetId, signalIndex));
        await Groups.AddToGroupAsync(Context.ConnectionId, LayerWatchers.GroupOf(layer.Id), Context.ConnectionAborted);
        await TellAsync(layer.Id);
        return layer.Id;
    }

    /// <summary>Where the cursor is, in pixels, and what is being done ("draws"); to the others only.</summary>
    public Task Point(Guid layerId, double x, double y, string doing) =>
        layers.Find(Context.ConnectionId, layerId) is { } watcher && double.IsFinite(x) && double.IsFinite(y) && doing is { Length: <= 40 }
            ? Clients.OthersInGroup(LayerWatchers.GroupOf(layerId)).SendAsync("pointed", new { watcher.UserId, watcher.Name, x, y, doing }, Context.ConnectionAborted)
            : Task.CompletedTask;

    /// <summary>The newest part of a stroke in the making; to the others only. It is a picture of what comes, never the stroke itself.</summary>
    public async Task Brush(Guid layerId, Guid paintId, BrushTrail trail)
    {
        if (layers.Find(Context.ConnectionId, layerId) is { } watcher && trail.IsSound && await IsSharedAsync(watcher.UserId, paintId))
        {
            await Clients.OthersInGroup(LayerWatchers.GroupOf(layerId)).SendAsync("brushed", new { watcher.UserId, watcher.Name, paintId, trail }, Context.ConnectionAborted);
        }
    }

    public override Task OnConnectedAsync()
    {
        connections.Open(Context);
        return base.OnConnectedAsync();
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        connections.Close(Context.ConnectionId);
        foreach (var layer in layers.Close(Context.ConnectionId))
        {
            await TellAsync(layer);
        }

        await base.OnDisconnectedAsync(exception);
    }

    /// <summary>Asked once a connection and layer, as strokes come twenty times a second: a layer is made as part of a review or never becomes one.</summary>
    private async Task<bool> IsSharedAsync(Guid userId, Guid paintId)
    {
        if (Context.Items.TryGetValue(paintId, out var known))
        {
            return (bool)known!;
        }

        var isShared = await painted.IsSharedAsync(userId, paintId, Context.ConnectionAborted);
        Context.Items[paintId] = isShared;
        return isShared;
    }

    private Task TellAsync(Guid layerId) => Clients.Group(LayerWatchers.GroupOf(layerId)).SendAsync("here", layers.Here(layerId));
}
