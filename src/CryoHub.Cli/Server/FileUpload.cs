using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CryoHub.Formats.Zip;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Cli.Server;

/// <summary>Sends one file in numbered parts, four at a time; parts the server already holds are not sent again.</summary>
public sealed class FileUpload
{
    private const int PartsInFlight = 4;

    private readonly HubClient client;
    private readonly string projectId;
    private readonly ILookup<(string Path, long Size), string> open;

    private FileUpload(HubClient client, string projectId, IEnumerable<JsonNode> open)
    {
        (this.client, this.projectId) = (client, projectId);
        this.open = open.ToLookup(upload => ((string)upload["path"]!, (long)upload["size"]!), upload => (string)upload["id"]!);
    }

    /// <summary>What was broken off is asked for once, not for every file.</summary>
    /// <param name="client">The server.</param>
    /// <param name="projectId">Where the data sets go.</param>
    /// <param name="ct">Ends the question.</param>
    public static async Task<FileUpload> ToAsync(HubClient client, string projectId, CancellationToken ct) => new(client, projectId, await client.ListAsync($"api/uploads?projectId={projectId}", ct));

    /// <summary>Uploads the file at <paramref name="path"/>, or the folder of zarr as one archive, and returns the id of its data set.</summary>
    public async Task<string> SendAsync(string path, UploadTarget target, IProgress<double> progress, CancellationToken ct)
    {
        var changedAt = File.GetLastWriteTimeUtc(path);
        using var opened = Directory.Exists(path) ? null : new FileByteSource(path);
        IByteSource file = opened is null ? await FolderArchive.OfAsync(path, ct) : opened;
        var hashing = Task.Run(() => HashAsync(file, ct), ct);
        var upload = await FindOpenAsync(target.Name, file.Length, ct) ?? await BeginAsync(target, file.Length, ct);
        var parts = await SendPartsAsync(file, upload, progress, ct);
        var sha256 = await hashing;
        if (File.GetLastWriteTimeUtc(path) != changedAt)
        {
            throw new ServerRefusedException($"{path} was changed while it was sent; upload it again.");
        }

        var done = await client.PostAsync($"api/uploads/{(string?)upload["id"]}/complete", new JsonObject { ["sha256"] = sha256, ["parts"] = parts }, ct);
        return (string)done["datasetId"]!;
    }

    private async Task<JsonNode?> FindOpenAsync(string name, long size, CancellationToken ct) =>
        open[(name, size)].FirstOrDefault() is { } id ? await client.GetAsync($"api/uploads/{id}", ct) : null;

    private Task<JsonNode> BeginAsync(UploadTarget target, long size, CancellationToken ct) => client.PostAsync(
        "api/uploads",
        new JsonObject
        {
            ["projectId"] = projectId,
            ["sampleId"] = target.SampleId,
            ["sessionId"] = target.SessionId,
            ["dropId"] = target.DropId,
            ["path"] = target.Name,
            ["size"] = size,
            ["siblings"] = new JsonArray([.. target.Siblings.Select(name => (JsonNode)name)]),
        },
        ct);

    private async Task<JsonArray> SendPartsAsync(IByteSource file, JsonNode upload, IProgress<double> progress, CancellationToken ct)
    {
        var (partSize, count) = ((long)upload["partSize"]!, (int)upload["partCount"]!);
        var tags = new string?[count];
        foreach (var held in upload["parts"]?.AsArray() ?? [])
        {
            tags[(int)held!["number"]! - 1] = (string?)held["eTag"];
        }

        var done = tags.Count(tag => tag is not null);
        var missing = Enumerable.Range(0, count).Where(part => tags[part] is null).ToArray();
        await Parallel.ForEachAsync(missing, new ParallelOptions { MaxDegreeOfParallelism = PartsInFlight, CancellationToken = ct }, async (part, ct) =>
        {
            var offset = part * partSize;
            var bytes = new byte[Math.Min(partSize, file.Length - offset)];
            await file.ReadAsync(offset, bytes, ct);
            tags[part] = await SendPartAsync($"api/uploads/{(string?)upload["id"]}/parts/{part + 1}", bytes, ct);
            progress.Report((double)Interlocked.Increment(ref done) / count);
        });
        return new JsonArray([.. tags.Select((tag, part) => (JsonNode)new JsonObject { ["number"] = part + 1, ["eTag"] = tag })]);
    }

    /// <summary>A part that fails is signed anew and sent again, after 1, 2 and 4 s.</summary>
    private async Task<string> SendPartAsync(string path, byte[] bytes, CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var signed = await client.PostAsync(path, new JsonObject { ["size"] = bytes.Length, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes)) }, ct);
                return await client.PutPartAsync((string)signed["url"]!, signed["headers"]?.AsObject(), bytes, ct);
            }
            catch (Exception lost) when (attempt < 3 && lost is HttpRequestException or IOException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1 << attempt), ct);
            }
        }
    }

    private static async Task<string> HashAsync(IByteSource file, CancellationToken ct)
    {
        await using var stream = new ByteSourceStream(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct));
    }
}
