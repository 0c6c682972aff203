using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using CryoHub.EndToEnd.Processes;

namespace CryoHub.Benchmarks.Cases;

/// <summary>Somebody at a picture: a connection to the hub (JSON messages that end in a record separator), and for every news one question for what is new, as the viewer asks.</summary>
internal sealed class TogetherPerson : IAsyncDisposable
{
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(10);   // the server gives up a connection after 30 s of silence

    private readonly ApiClient api;
    private readonly string layer;
    private readonly ConcurrentDictionary<string, long> sent;
    private readonly ConcurrentBag<double> late;
    private readonly ClientWebSocket socket = new();
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly HashSet<string> mine = [];
    private readonly CancellationTokenSource end = new();
    private readonly SemaphoreSlim writing = new(1, 1);
    private Task work = Task.CompletedTask;

    private TogetherPerson(ApiClient api, string layer, ConcurrentDictionary<string, long> sent, ConcurrentBag<double> late) => (this.api, this.layer, this.sent, this.late) = (api, layer, sent, late);

    public static async Task<TogetherPerson> JoinAsync(ApiClient api, string dataset, ConcurrentDictionary<string, long> sent, ConcurrentBag<double> late, CancellationToken ct)
    {
        var person = new TogetherPerson(api, $"/api/datasets/{dataset}/signals/0/layer", sent, late);
        person.socket.Options.Cookies = api.Cookies;
        person.socket.Options.SetRequestHeader("Sec-Fetch-Site", "same-origin");
        await person.socket.ConnectAsync(new UriBuilder(new Uri(api.Address, "/hubs/annotations")) { Scheme = "ws" }.Uri, ct);
        await person.SendAsync("""{"protocol":"json","version":1}""", ct);
        await person.SendAsync($$"""{"type":1,"invocationId":"1","target":"Watch","arguments":["{{dataset}}",0]}""", ct);
        person.work = Task.WhenAll(person.HearAsync(person.end.Token), person.AskAsync(person.end.Token), person.LiveAsync(person.end.Token));
        return person;
    }

    public async Task DrawAsync(int number)
    {
        var (id, x) = (Guid.CreateVersion7().ToString(), 5 + (10 * number));
        lock (mine)
        {
            mine.Add(id);
        }

        sent[id] = Stopwatch.GetTimestamp();
        var ring = new JsonArray(x, 10, x + 8, 12, x + 9, 20, x + 4, 25, x - 1, 18);
        await api.PostAsync($"{layer}/shapes", new JsonArray(new JsonObject { ["id"] = id, ["kind"] = "polygon", ["classKey"] = "void", ["rings"] = new JsonArray(ring) }));
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await work.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);   // they end because they were told to
        socket.Dispose();
        writing.Dispose();
        end.Dispose();
        api.Dispose();
    }

    private async Task HearAsync(CancellationToken ct)
    {
        var buffer = new byte[16_384];
        var heard = "";
        while (true)
        {
            var got = await socket.ReceiveAsync(buffer, ct);
            heard += Encoding.UTF8.GetString(buffer, 0, got.Count);
            var last = heard.LastIndexOf('\u001e');
            if (last >= 0 && heard.AsSpan(0, last).Contains("\"annotationChanged\"", StringComparison.Ordinal))
            {
                news.Writer.TryWrite(true);
            }

            heard = heard[(last + 1)..];
        }
    }

    /// <summary>One question at a time; news that come meanwhile are one more question after it.</summary>
    private async Task AskAsync(CancellationToken ct)
    {
        var since = 0L;
        await foreach (var _ in news.Reader.ReadAllAsync(ct))
        {
            foreach (var row in (await api.GetAsync($"{layer}/changes?since={since}")).AsArray())
            {
                since = (long)row!["sequence"]!;
                var id = (string)row["id"]!;
                lock (mine)
                {
                    if (!mine.Contains(id))
                    {
                        late.Add(Stopwatch.GetElapsedTime(sent[id]).TotalMilliseconds);
                    }
                }
            }
        }
    }

    private async Task LiveAsync(CancellationToken ct)
    {
        using var clock = new PeriodicTimer(SignOfLife);
        while (await clock.WaitForNextTickAsync(ct))
        {
            await SendAsync("""{"type":6}""", ct);
        }
    }

    private async Task SendAsync(string message, CancellationToken ct)
    {
        await writing.WaitAsync(ct);
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, true, ct);
        }
        finally
        {
            writing.Release();
        }
    }
}
