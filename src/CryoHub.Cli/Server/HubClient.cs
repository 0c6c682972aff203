using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CryoHub.Cli.Server;

/// <summary>The server's JSON API with the user's token; what it refuses becomes a <see cref="ServerRefusedException"/> in its words.</summary>
public sealed class HubClient : IDisposable
{
    private readonly HttpClient http;

    public HubClient(Credentials credentials)
    {
        http = new HttpClient { BaseAddress = credentials.Url, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", credentials.Token);
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("cryohub", "0.1"));
    }

    public Task<JsonNode> GetAsync(string path, CancellationToken ct) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), ct);

    public Task<JsonNode> PostAsync(string path, JsonObject body, CancellationToken ct) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) }, ct);

    /// <summary>Every row of a paged list, page after page.</summary>
    public async Task<IReadOnlyList<JsonNode>> ListAsync(string path, CancellationToken ct)
    {
        var rows = new List<JsonNode>();
        while (true)
        {
            var page = await GetAsync($"{path}{(path.Contains('?') ? '&' : '?')}skip={rows.Count}&take=200", ct);
            var items = page["items"]!.AsArray();
            rows.AddRange(items.Select(item => item!));
            if (items.Count == 0 || rows.Count >= (int)page["total"]!)
            {
                return rows;
            }
        }
    }

    /// <summary>A body to be copied, whatever its size.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string path, CancellationToken ct)
    {
        var response = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, ct);
        return response.IsSuccessStatusCode ? response : throw await RefusalAsync(response, ct);
    }

    /// <summary>A body as a file, under another name until it is whole: an interrupted download never looks like a file.</summary>
    public async Task SaveAsync(string address, string path, CancellationToken ct)
    {
        var part = path + ".part";
        using (var response = await OpenAsync(address, ct))
        await using (var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
        {
            await response.Content.CopyToAsync(file, ct);
        }

        File.Move(part, path, overwrite: false);
    }

    /// <summary>Sends one part of a file where the server said; the address may be the object store's own, so the token stays out unless the path is relative.</summary>
    public async Task<string> PutPartAsync(string url, JsonObject? headers, ReadOnlyMemory<byte> part, CancellationToken ct)
    {
        var address = new Uri(http.BaseAddress!, url);
        using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new ReadOnlyMemoryContent(part) };
        foreach (var (name, value) in headers ?? [])
        {
            if (!request.Headers.TryAddWithoutValidation(name, (string?)value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, (string?)value);
            }
        }

        using var sender = address.Host == http.BaseAddress!.Host && address.Port == http.BaseAddress.Port ? null : new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var response = await (sender ?? http).SendAsync(request, ct);
        return response.IsSuccessStatusCode
            ? response.Headers.ETag?.ToString() ?? response.Headers.GetValues("ETag").First()
            : throw await RefusalAsync(response, ct);
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonNode> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using (request)
        {
            HttpResponseMessage response;
            try
            {
                response = await http.SendAsync(request, ct);
            }
            catch (HttpRequestException unreachable)
            {
                throw new ServerRefusedException($"{http.BaseAddress} cannot be reached: {unreachable.Message}");
            }

            using (response)
            {
                if (!response.IsSuccessStatusCode)
                {
                    throw await RefusalAsync(response, ct);
                }

                var text = await response.Content.ReadAsStringAsync(ct);
                return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
            }
        }
    }

    private static async Task<ServerRefusedException> RefusalAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        try
        {
            if (JsonNode.Parse(text) is JsonObject problem && ((string?)problem["detail"] ?? (string?)problem["title"]) is { } reason)
            {
                return new ServerRefusedException(reason);
            }
        }
        catch (JsonException)
        {
            // A proxy's page, not the API's problem document: the status says all there is.
        }

        return new ServerRefusedException((int)response.StatusCode switch
        {
            401 => "The token is unknown, expired or revoked: run `cryohub login URL` with a new one.",
            404 => "The server knows nothing of that name that you may see.",
            var status => $"The server answered {status} {response.ReasonPhrase}.",
        });
    }
}
