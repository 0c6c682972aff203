using System.Collections.Concurrent;

namespace CryoHub.Web.Features.Jobs;

/// <summary>Which connection of whom watches which project, so that an ended right can be followed up.</summary>
internal sealed class JobWatchers
{
    private readonly ConcurrentDictionary<(string Connection, Guid ProjectId), Guid> users = [];

    public static string GroupOf(Guid projectId) => $"project-{projectId}";

    public void Add(string connection, Guid userId, Guid projectId) => users[(connection, projectId)] = userId;

    /// <summary>Without a project: everything of the connection.</summary>
    public void Remove(string connection, Guid? projectId)
    {
        foreach (var key in users.Keys.Where(key => key.Connection == connection && (projectId is null || key.ProjectId == projectId)))
        {
            users.TryRemove(key, out _);
        }
    }

    public IReadOnlyList<(string Connection, Guid ProjectId)> Of(Guid userId) => [.. users.Where(pair => pair.Value == userId).Select(pair => pair.Key)];
}
