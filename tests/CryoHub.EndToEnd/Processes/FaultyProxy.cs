using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CryoHub.EndToEnd.Processes;

/// <summary>Stands before a service and hands everything through, or, while it is away, answers every request with 503 and cuts what was open.</summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private readonly int target;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, byte> open = [];
    private readonly CancellationTokenSource end = new();
    private readonly Task accepting;
    private volatile bool isAway;
    private int refused;

    public FaultyProxy(int target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>Requests that were answered with 503.</summary>
    public int Refused => Volatile.Read(ref refused);

    public void GoAway()
    {
        isAway = true;
        foreach (var connection in open.Keys)
        {
            connection.Close();
        }
    }

    public void ComeBack() => isAway = false;

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await accepting;
        GoAway();
        end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(end.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        open[client] = 0;
        using var server = new TcpClient();
        try
        {
            if (isAway)
            {
                await RefuseAsync(client.GetStream());
                return;
            }

            await server.ConnectAsync(IPAddress.Loopback, target, end.Token);
            await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream(), end.Token), server.GetStream().CopyToAsync(client.GetStream(), end.Token));
        }
        catch (Exception cut) when (cut is IOException or SocketException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // Cut by the test, or by either side.
        }
        finally
        {
            open.TryRemove(client, out _);
            client.Dispose();
        }
    }

    private async Task RefuseAsync(NetworkStream stream)
    {
        _ = await stream.ReadAsync(new byte[64 << 10], end.Token);
        Interlocked.Increment(ref refused);
        await stream.WriteAsync("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), end.Token);
    }
}
