using CryoHub.Platform.Messages;

namespace CryoHub.Web.Features.Jobs;

/// <summary>News of jobs for pages, in process. It tells that something changed; the page asks again with its reader's rights.</summary>
public sealed class JobFeed(LocalNews news)
{
    /// <summary>Calls <paramref name="changed"/> for jobs of the project until the answer is disposed.</summary>
    public IDisposable Watch(Guid projectId, Func<JobChanged, Task> changed) =>
        news.Subscribe<JobChanged>(job => job.ProjectId == projectId ? changed(job) : Task.CompletedTask);

    /// <summary>All jobs, for lists across projects.</summary>
    public IDisposable WatchAll(Func<JobChanged, Task> changed) => news.Subscribe(changed);
}
