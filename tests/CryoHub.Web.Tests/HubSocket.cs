using System.Net.WebSockets;
using System.Text;

namespace CryoHub.Web.Tests;

/// <summary>A connection to the hub of jobs, as a script makes one: JSON messages that end in a record separator.</summary>
internal sealed class HubSocket : IDisposable
{
    private readonly WebSocket socket;
    private string heard = "";

    private HubSocket(WebSocket socket) => this.socket = socket;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<HubSocket> OpenAsync(TestApp app, string header, string value)
    {
        var sockets = app.Server.CreateWebSocketClient();
        sockets.ConfigureRequest = request =>
        {
            request.Headers[header] = value;
            request.Headers["Sec-Fetch-Site"] = "same-origin";
        };
        var hub = new HubSocket(await sockets.ConnectAsync(new Uri(app.Server.BaseAddress, "hubs/jobs"), Ct));
        await hub.SendAsync("""{"protocol":"json","version":1}""");
        await hub.HearAsync("{}");
        return hub;
    }

    /// <summary>Asks for the news of a project; true where that was granted.</summary>
    public async Task<bool> WatchAsync(Guid project)
    {
        await SendAsync($$"""{"type":1,"invocationId":"{{project}}","target":"Watch","arguments":["{{project}}"]}""");
        return !(await HearAsync($"\"invocationId\":\"{project}\"")).Contains("\"error\"", StringComparison.Ordinal);
    }

    /// <summary>The next message that has these words; what came before it is in <see cref="Missed"/>.</summary>
    public async Task<string> HearAsync(string words)
    {
        while (true)
        {
            for (var end = heard.IndexOf('\u001e', StringComparison.Ordinal); end >= 0; end = heard.IndexOf('\u001e', StringComparison.Ordinal))
            {
                var message = heard[..end];
                heard = heard[(end + 1)..];
                if (message.Contains(words, StringComparison.Ordinal))
                {
                    return message;
                }

                Missed.Add(message);
            }

            var buffer = new byte[8192];
            var got = await socket.ReceiveAsync(buffer, Ct);
            Assert.NotEqual(WebSocketMessageType.Close, got.MessageType);
            heard += Encoding.UTF8.GetString(buffer, 0, got.Count);
        }
    }

    public List<string> Missed { get; } = [];

    /// <summary>Fails where the host does not close the connection within five seconds.</summary>
    public async Task EndsAsync()
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        soon.CancelAfter(TimeSpan.FromSeconds(5));
        while ((await socket.ReceiveAsync(new byte[8192], soon.Token)).MessageType != WebSocketMessageType.Close)
        {
            // News and pings that were on their way.
        }
    }

    public void Dispose() => socket.Dispose();

    private Task SendAsync(string message) => socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, true, Ct);
}
