using System.Threading.Channels;
using CryoHub.Platform.Messages;
using CryoHub.Platform.Notices;

namespace CryoHub.Web.Features.Notices;

/// <summary>Sends letters: at once where news come, and every ten minutes what is due or was left. Every web host tries; the rows see to it that one letter goes out.</summary>
internal sealed partial class NoticeMailer(NoticePost post, LocalNews news, TimeProvider time, ILogger<NoticeMailer> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(10);

    /// <summary>Whose letter may be due; <c>null</c> for everybody's. What does not fit is found in the next round.</summary>
    private readonly Channel<Guid?> asked = Channel.CreateBounded<Guid?>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var heard = news.Subscribe<NoticesChanged>(change =>
        {
            asked.Writer.TryWrite(change.UserId);
            return Task.CompletedTask;
        });
        await using var rounds = time.CreateTimer(_ => asked.Writer.TryWrite(null), null, Round, Round);
        await foreach (var one in asked.Reader.ReadAllAsync(stoppingToken))
        {
            await TryAsync(() => one is { } person ? post.SendAsync(person, stoppingToken) : RoundAsync(stoppingToken));
        }
    }

    private async Task RoundAsync(CancellationToken ct)
    {
        foreach (var person in await post.DueAsync(ct))
        {
            await TryAsync(() => post.SendAsync(person, ct));
        }
    }

    private async Task TryAsync(Func<Task> send)
    {
        try
        {
            await send();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)   // one letter that cannot be sent must not end the others
        {
            NotSent(failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A letter of notices could not be sent")]
    private partial void NotSent(Exception failure);
}
