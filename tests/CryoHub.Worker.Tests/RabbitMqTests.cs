using CryoHub.Platform.Jobs;
using CryoHub.Platform.Messages;
using CryoHub.TestKit;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CryoHub.Worker.Tests;

/// <summary>The production broker: one worker and two web hosts, each a process's worth of services.</summary>
public sealed class RabbitMqTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_bell_wakes_a_worker_and_every_web_host_hears_the_news()
    {
        await TestService.StartAsync(TestService.RabbitMq);
        using var worker = Host(services => services.AddSingleton<JobBell>().AddJobBellConsumer());
        using var first = Host(services => services.AddNewsConsumer());
        using var second = Host(services => services.AddNewsConsumer());
        foreach (var host in new[] { worker, first, second })
        {
            await host.StartAsync(TestContext.Current.CancellationToken);

            // A host does not wait for its bus; what is published before the queues are bound is lost, as a bell may be.
            await host.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, Patience);
        }

        var ring = worker.Services.GetRequiredService<JobBell>().NextRing;
        var job = Guid.CreateVersion7();
        await first.Services.GetRequiredService<INews>().PublishAsync(new JobQueued(job), CancellationToken.None);
        await ring.WaitAsync(Patience, TestContext.Current.CancellationToken);

        var heard = new[] { first, second }.Select(host => HearAsync(host, job)).ToList();
        await worker.Services.GetRequiredService<INews>().PublishAsync(new JobChanged(job, null, JobStatus.Running, 0.5, "half"), CancellationToken.None);
        Assert.All(await Task.WhenAll(heard), news => Assert.Equal(0.5, news.Fraction));
        foreach (var host in new[] { worker, first, second })
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static Task<JobChanged> HearAsync(IHost host, Guid job)
    {
        var heard = new TaskCompletionSource<JobChanged>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Services.GetRequiredService<LocalNews>().Subscribe<JobChanged>(news =>
        {
            if (news.JobId == job)
            {
                heard.TrySetResult(news);
            }

            return Task.CompletedTask;
        });
        return heard.Task.WaitAsync(Patience);
    }

    private static IHost Host(Action<IServiceCollection> consumers)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Bus:Kind"] = "rabbitmq", ["Bus:Host"] = "127.0.0.1", ["Bus:Port"] = "5673" });
        builder.Services.Configure<MassTransit.MassTransitHostOptions>(options => options.WaitUntilStarted = true);
        builder.Services.AddLogging().AddBus(builder.Configuration);
        consumers(builder.Services);
        return builder.Build();
    }
}
