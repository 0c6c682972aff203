using CryoHub.Platform.Messages;
using MassTransit;

namespace CryoHub.Worker;

/// <summary>The bell from the bus. The message says only that there is work; delivered twice, or never, it changes nothing but the moment.</summary>
internal sealed class JobQueuedConsumer(JobBell bell) : IConsumer<JobQueued>
{
    public Task Consume(ConsumeContext<JobQueued> context)
    {
        bell.Ring();
        return Task.CompletedTask;
    }

    /// <summary>One queue for all workers: each message wakes one of them.</summary>
    internal sealed class Shared : ConsumerDefinition<JobQueuedConsumer>
    {
        public Shared() => EndpointName = "job-queued";
    }
}
