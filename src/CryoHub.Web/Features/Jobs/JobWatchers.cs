using System.Collections.Concurrent;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.SignalR;

namespace CryoHub.Web.Features.Jobs;

/// <summary>Which connections are open, and which of whom watches which project, so that an ended right can be followed up.</summary>
internal sealed class JobWatchers
{
    private readonly ConcurrentDictionary<(string Connection, Guid ProjectId), Guid> users = [];
    private readonly ConcurrentDictionary<string, HubCallerContext> connections = [];

    public static string GroupOf(Guid projectId) => $"project-{projectId}";

    public void Add(string connection, Guid userId, Guid projectId) => users[(connection, projectId)] = userId;

    public void Remove(string connection, Guid projectId) => users.TryRemove((connection, projectId), out _);

    public void Open(HubCallerContext connection) => connections[connection.ConnectionId] = connection;

    public void Close(string connection)
    {
        connections.TryRemove(connection, out _);
        foreach (var key in users.Keys.Where(key => key.Connection == connection))
        {
            users.TryRemove(key, out _);
        }
    }

    public IReadOnlyList<HubCallerContext> ConnectionsOf(Guid userId) => [.. connections.Values.Where(connection => CurrentUser.From(connection.User!)?.Id == userId)];

    public IReadOnlyList<(string Connection, Guid ProjectId)> Of(Guid userId) => [.. users.Where(pair => pair.Value == userId).Select(pair => pair.Key)];
}
