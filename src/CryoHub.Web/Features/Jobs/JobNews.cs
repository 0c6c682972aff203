using CryoHub.Platform.Messages;
using CryoHub.Platform.Projects;
using CryoHub.Platform.Uploads;
using CryoHub.Platform.Users;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.SignalR;

namespace CryoHub.Web.Features.Jobs;

/// <summary>Carries news from the bus to the hub's groups, and takes connections and uploads away from those whose right has ended.</summary>
internal sealed class JobNews(LocalNews news, IHubContext<JobsHub> hub, JobWatchers watchers, ProjectDirectory projects, AccessTokens tokens, UploadCleaner uploads) : IHostedService
{
    private readonly List<IDisposable> subscriptions = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        subscriptions.Add(news.Subscribe<JobChanged>(TellAsync));
        subscriptions.Add(news.Subscribe<AccessChanged>(FollowAsync));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        subscriptions.ForEach(subscription => subscription.Dispose());
        return Task.CompletedTask;
    }

    private Task TellAsync(JobChanged job) =>
        job.ProjectId is { } projectId ? hub.Clients.Group(JobWatchers.GroupOf(projectId)).SendAsync("jobChanged", job) : Task.CompletedTask;

    private async Task FollowAsync(AccessChanged change)
    {
        foreach (var connection in watchers.ConnectionsOf(change.UserId))
        {
            Guid? tokenId = Guid.TryParse(connection.User!.FindFirst(Schemes.TokenClaim)?.Value, out var id) ? id : null;
            if (!await tokens.MayStayAsync(change.UserId, tokenId, CancellationToken.None))
            {
                connection.Abort();
            }
        }

        foreach (var (connection, projectId) in watchers.Of(change.UserId))
        {
            if (await projects.FindAsync(change.UserId, projectId, CancellationToken.None) is null)
            {
                watchers.Remove(connection, projectId);
                await hub.Groups.RemoveFromGroupAsync(connection, JobWatchers.GroupOf(projectId));
            }
        }

        await uploads.EndForAsync(change.UserId, CancellationToken.None);
    }
}
