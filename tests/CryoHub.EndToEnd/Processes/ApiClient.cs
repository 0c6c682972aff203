using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace CryoHub.EndToEnd.Processes;

/// <summary>A person at the API: a cookie jar, the truth about where requests come from, and the protocol of uploads.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient http;
    private readonly HttpClient elsewhere = new();

    /// <param name="address">The host.</param>
    /// <param name="cookies">Those of a person who has signed in at another host of the same site.</param>
    public ApiClient(Uri address, CookieContainer? cookies = null)
    {
        Cookies = cookies ?? new CookieContainer();
        http = new HttpClient(new HttpClientHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = address };
        http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
    }

    public Uri Address => http.BaseAddress!;

    public CookieContainer Cookies { get; }

    /// <summary>Hosts other than the site that parts were sent to.</summary>
    public HashSet<string> StoresUsed { get; } = [];

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await http.GetAsync("/healthz/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public Task SignInAsync(string mail, string password) => PostAsync("/api/account/sign-in", new JsonObject { ["email"] = mail, ["password"] = password });

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await http.GetStringAsync(path))!;

    public Task<string> TextAsync(string path) => http.GetStringAsync(path);

    public Task<byte[]> BytesAsync(string path) => http.GetByteArrayAsync(path);

    public async Task<JsonNode> PostAsync(string path, JsonObject body)
    {
        using var answer = await http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? (text.Length > 0 ? JsonNode.Parse(text)! : new JsonObject())
            : throw new ApiRefusedException(answer.StatusCode, $"{path} answered {(int)answer.StatusCode}: {text}");
    }

    public async Task<JsonNode> PutAsync(string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        using var answer = await http.PutAsync(path, content);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new ApiRefusedException(answer.StatusCode, $"{path} answered {(int)answer.StatusCode}: {text}");
    }

    /// <summary>A lab with one project; the project's id.</summary>
    public async Task<string> NewProjectAsync(string name)
    {
        var lab = await PostAsync("/api/labs", new JsonObject { ["name"] = $"Lab of {name}" });
        var project = await PostAsync("/api/projects", new JsonObject { ["labId"] = (string)lab["id"]!, ["name"] = name });
        return (string)project["id"]!;
    }

    public async Task<string> StartUploadAsync(string projectId, string name, long size)
    {
        var started = await PostAsync("/api/uploads", new JsonObject { ["projectId"] = projectId, ["dropId"] = Guid.CreateVersion7().ToString(), ["path"] = name, ["size"] = size });
        return (string)started["id"]!;
    }

    /// <summary>Sends what the server does not hold yet, then completes: after an interruption call it again. The data set's id.</summary>
    public async Task<string> FinishUploadAsync(string uploadId, byte[] file)
    {
        var state = await GetAsync($"/api/uploads/{uploadId}");
        var (size, count) = ((int)state["partSize"]!, (int)state["partCount"]!);
        var tags = state["parts"]!.AsArray().ToDictionary(part => (int)part!["number"]!, part => (string)part!["eTag"]!);
        foreach (var number in Enumerable.Range(1, (string?)state["status"] == "open" ? count : 0).Where(number => !tags.ContainsKey(number)))
        {
            tags[number] = await SendPartAsync(uploadId, number, file.AsMemory((number - 1) * size, Math.Min(size, file.Length - ((number - 1) * size))));
        }

        var parts = new JsonArray([.. tags.OrderBy(tag => tag.Key).Select(tag => (JsonNode)new JsonObject { ["number"] = tag.Key, ["eTag"] = tag.Value })]);
        var done = await PostAsync($"/api/uploads/{uploadId}/complete", new JsonObject { ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(file)), ["parts"] = parts });
        return (string)done["datasetId"]!;
    }

    public async Task<string> SubmitAsync(string projectId, string analysis, string role, string datasetId, JsonObject parameters)
    {
        var inputs = new JsonArray(new JsonObject { ["role"] = role, ["datasetId"] = datasetId, ["signal"] = 0 });
        var job = await PostAsync("/api/jobs", new JsonObject { ["projectId"] = projectId, ["analysis"] = analysis, ["inputs"] = inputs, ["parameters"] = parameters });
        return (string)job["job"]!["id"]!;
    }

    public async Task<string> StatusOfDatasetAsync(string id) => (string)(await GetAsync($"/api/datasets/{id}"))["status"]!;

    public async Task<JsonNode> JobAsync(string id) => (await GetAsync($"/api/jobs/{id}"))["job"]!;

    public void Dispose()
    {
        http.Dispose();
        elsewhere.Dispose();
    }

    public async Task<string> SendPartAsync(string uploadId, int number, ReadOnlyMemory<byte> part)
    {
        var announced = new JsonObject { ["size"] = part.Length, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(part.Span)) };
        var signed = await PostAsync($"/api/uploads/{uploadId}/parts/{number}", announced);
        var address = new Uri(Address, (string)signed["url"]!);
        var isHere = address.Authority == Address.Authority;
        using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new ReadOnlyMemoryContent(part) };
        foreach (var (name, value) in signed["headers"]!.AsObject().Where(header => !string.Equals(header.Key, "host", StringComparison.OrdinalIgnoreCase)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (string?)value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, (string?)value);
            }
        }

        if (!isHere)
        {
            StoresUsed.Add(address.Authority);
        }

        using var answer = await (isHere ? http : elsewhere).SendAsync(request);
        return answer.IsSuccessStatusCode
            ? answer.Headers.ETag!.Tag
            : throw new ApiRefusedException(answer.StatusCode, $"Part {number} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }
}
