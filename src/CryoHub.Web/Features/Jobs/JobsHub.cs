using CryoHub.Platform.Projects;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.SignalR;

namespace CryoHub.Web.Features.Jobs;

/// <summary>News of jobs for scripts and the viewer: <c>Watch(projectId)</c>, then <c>jobChanged</c> arrives. Rights are asked at the door and whenever they change.</summary>
internal sealed class JobsHub(ProjectDirectory projects, JobWatchers watchers) : Hub
{
    public async Task Watch(Guid projectId)
    {
        if (CurrentUser.From(Context.User!) is not { } user || await projects.FindAsync(user.Id, projectId, Context.ConnectionAborted) is null)
        {
            throw new HubException("There is no such project.");
        }

        watchers.Add(Context.ConnectionId, user.Id, projectId);
        await Groups.AddToGroupAsync(Context.ConnectionId, JobWatchers.GroupOf(projectId), Context.ConnectionAborted);
    }

    public async Task Leave(Guid projectId)
    {
        watchers.Remove(Context.ConnectionId, projectId);
        await Groups.RemoveFromGroupAsync(Context.ConnectionId, JobWatchers.GroupOf(projectId), Context.ConnectionAborted);
    }

    public override Task OnConnectedAsync()
    {
        watchers.Open(Context);
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        watchers.Close(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }
}
