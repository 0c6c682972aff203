using CryoHub.Imaging;
using CryoHub.Platform.Jobs;
using Microsoft.Extensions.Options;

namespace CryoHub.Worker.ReadChild;

/// <summary>
/// Children for files. To start one costs far more than to read a small file, so a child that has read a small one without any complaint reads the next of the same person and project:
/// whatever a file did to it can reach only data that this person sees anyway. What goes wrong in such a child is tried again in a new one before the file is blamed.
/// </summary>
public sealed class ReadChildren(IOptions<ReadChildOptions> options, TimeProvider clock) : IAsyncDisposable
{
    private const int MostIdle = 4;

    private readonly Lock gate = new();
    private readonly List<Idle> idle = [];
    private bool isOver;

    /// <summary>Opens a file for a job; in a child of its own where it is large, or where the job was tried before.</summary>
    public async Task<SandboxedFile> OpenAsync(ISourceFile file, ClaimedJob job, CancellationToken ct)
    {
        if (job.Attempt > 1 || file.Bytes.Length > (long)options.Value.SmallFileMiB << 20)
        {
            return await SandboxedFile.OpenAsync(file, options.Value, ct);
        }

        ValueTask GiveBack(ChildProcess child) => KeepAsync(child, (job.ProjectId, job.SubmittedBy));
        if (Take((job.ProjectId, job.SubmittedBy)) is { } used)
        {
            try
            {
                return await SandboxedFile.OpenAsync(file, used, GiveBack, ct);
            }
            catch (ProblemException)
            {
                // This file or what was read before it: a new child tells.
            }
        }

        return await SandboxedFile.OpenAsync(file, ChildProcess.Start(options.Value, null), GiveBack, ct);
    }

    public async ValueTask DisposeAsync()
    {
        List<Idle> left;
        lock (gate)
        {
            isOver = true;
            left = [.. idle];
            idle.Clear();
        }

        foreach (var last in left)
        {
            await last.EndAsync();
        }
    }

    private ChildProcess? Take((Guid? Project, Guid? Person) whose)
    {
        lock (gate)
        {
            if (idle.FindLast(waiting => waiting.Whose == whose) is not { } found)
            {
                return null;
            }

            idle.Remove(found);
            found.Expiry.Dispose();
            return found.Child;
        }
    }

    private ValueTask KeepAsync(ChildProcess child, (Guid? Project, Guid? Person) whose)
    {
        lock (gate)
        {
            if (isOver || child.Files >= options.Value.FilesPerChild)
            {
                return child.DisposeAsync();
            }

            var kept = new Idle(child, whose);
            kept.Expiry = clock.CreateTimer(_ => Expire(kept), null, options.Value.Idle, Timeout.InfiniteTimeSpan);
            idle.Add(kept);
            if (idle.Count <= MostIdle)
            {
                return ValueTask.CompletedTask;
            }

            var oldest = idle[0];
            idle.RemoveAt(0);
            return oldest.EndAsync();
        }
    }

    private void Expire(Idle waiting)
    {
        lock (gate)
        {
            if (!idle.Remove(waiting))
            {
                return;   // just taken
            }
        }

        _ = waiting.EndAsync().AsTask();
    }

    private sealed class Idle(ChildProcess child, (Guid? Project, Guid? Person) whose)
    {
        public ChildProcess Child => child;

        public (Guid? Project, Guid? Person) Whose => whose;

        public ITimer Expiry { get; set; } = null!;

        public async ValueTask EndAsync()
        {
            await Expiry.DisposeAsync();
            await child.DisposeAsync();
        }
    }
}
