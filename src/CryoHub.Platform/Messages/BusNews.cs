using System.Threading.Channels;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CryoHub.Platform.Messages;

/// <summary>
/// Puts news on the bus without making anybody wait for a broker: with the broker down, news pile up to a limit and the oldest are dropped, while rows stay
/// the truth and everything else goes on. An ended right is told in this process at once.
/// </summary>
internal sealed partial class BusNews(IBus bus, LocalNews local, ILogger<BusNews> log) : BackgroundService, INews
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Channel<object> waiting = Channel.CreateBounded<object>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public Task PublishAsync<T>(T news, CancellationToken ct)
        where T : class
    {
        waiting.Writer.TryWrite(news);
        return news is AccessChanged ? local.PublishAsync(news, ct) : Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var news in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                patience.CancelAfter(Patience);
                await bus.Publish(news, news.GetType(), patience.Token);
            }
            catch (Exception lost) when (!stoppingToken.IsCancellationRequested)
            {
                Lost(news.GetType().Name, lost.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The broker does not take {News}: {Reason}")]
    private partial void Lost(string news, string reason);
}
