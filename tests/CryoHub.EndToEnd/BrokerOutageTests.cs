using System.Net.WebSockets;
using System.Text;
using CryoHub.EndToEnd.Processes;
using CryoHub.TestKit;

namespace CryoHub.EndToEnd;

/// <summary>J03 and J04: rows are the truth and the broker is only the bell, so without it work is found by looking, and news come back with it.</summary>
public sealed class BrokerOutageTests : IAsyncLifetime
{
    private readonly int broker = Ports.Free();
    private ProductionSite site = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await TestService.StartBrokerAsync(broker);
        site = await ProductionSite.StartAsync(new Dictionary<string, string> { ["Bus__Port"] = $"{broker}" });
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        await TestService.StopBrokerAsync(broker);
    }

    [Fact]
    public async Task Without_a_broker_everything_goes_on_and_with_it_the_news_come_back()
    {
        var project = await site.Api.NewProjectAsync("Outage");
        await TestService.StopBrokerAsync(broker);
        await RunJobAsync(project, views: 3);
        Assert.True(await site.Api.IsReadyAsync());
        await Until.TrueAsync("the host to say that its bus is away", async () => await site.Api.TextAsync("/healthz/ready") == "Degraded");

        await TestService.StartBrokerAsync(broker);
        await Until.TrueAsync("the host to find its bus again", async () => await site.Api.TextAsync("/healthz/ready") == "Healthy");
        using var socket = await WatchAsync(project);
        var heard = HearAsync(socket, "\"status\":\"succeeded\"");
        await RunJobAsync(project, views: 4);
        await heard.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        Assert.Equal(2, (await site.Api.GetAsync($"/api/results?projectId={project}"))["items"]!.AsArray().Count);
    }

    /// <summary>From a file to a result.</summary>
    private async Task RunJobAsync(string project, int views)
    {
        var bytes = await TiltSeriesFile.MakeAsync(columns: 64, rows: 32, stepDeg: 120.0 / (views - 1));
        var dataset = await site.Api.FinishUploadAsync(await site.Api.StartUploadAsync(project, $"{views}.mrc", bytes.Length), bytes);
        await Until.TrueAsync("the data set to be ready", async () => await site.Api.StatusOfDatasetAsync(dataset) == "ready");
        var job = await site.Api.SubmitAsync(project, "tomogram-wbp", "signal", dataset, []);
        await Until.TrueAsync("the job to be done", async () => (string?)(await site.Api.JobAsync(job))["status"] == "succeeded");
    }

    private async Task<ClientWebSocket> WatchAsync(string project)
    {
        var socket = new ClientWebSocket();
        socket.Options.Cookies = site.Api.Cookies;
        socket.Options.SetRequestHeader("Sec-Fetch-Site", "same-origin");
        await socket.ConnectAsync(new UriBuilder(site.Api.Address) { Scheme = "ws", Path = "/hubs/jobs" }.Uri, Ct);
        await SendAsync(socket, "{\"protocol\":\"json\",\"version\":1}");
        await SendAsync(socket, $$"""{"type":1,"invocationId":"1","target":"Watch","arguments":["{{project}}"]}""");
        await HearAsync(socket, "\"invocationId\":\"1\"");
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, string message) => socket.SendAsync(Encoding.UTF8.GetBytes(message + "\u001e"), WebSocketMessageType.Text, true, Ct);

    private static async Task HearAsync(ClientWebSocket socket, string words)
    {
        var buffer = new byte[64 << 10];
        var heard = "";
        while (!heard.Contains(words, StringComparison.Ordinal))
        {
            var got = await socket.ReceiveAsync(buffer, Ct);
            Assert.NotEqual(WebSocketMessageType.Close, got.MessageType);
            heard += Encoding.UTF8.GetString(buffer, 0, got.Count);
        }
    }
}
