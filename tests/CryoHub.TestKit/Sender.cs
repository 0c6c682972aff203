using System.Globalization;
using System.Security.Cryptography;
using CryoHub.Platform.Storage;
using CryoHub.Platform.Storage.Files;
using CryoHub.Platform.Uploads;
using Microsoft.AspNetCore.WebUtilities;

namespace CryoHub.TestKit;

/// <summary>Sends files as a browser would: announce, parts, complete.</summary>
public sealed class Sender(UploadDesk desk, UploadCompletion completion, Guid userId, Guid projectId)
{
    public Guid DropId { get; } = Guid.CreateVersion7();

    public async Task<UploadStarted> StartAsync(string path, long size, params string[] siblings) =>
        await desk.StartAsync(userId, new StartUpload(projectId, null, null, DropId, path, size, siblings), CancellationToken.None)
        ?? throw new InvalidOperationException("The project cannot be seen.");

    public async Task<PartTag> SendPartAsync(UploadStarted upload, int number, byte[] file)
    {
        var from = (int)((number - 1) * upload.PartSize);
        var part = file[from..(int)Math.Min(from + upload.PartSize, file.Length)];
        var signed = await desk.SignPartAsync(userId, upload.Id, number, part.Length, Convert.ToHexStringLower(SHA256.HashData(part)), CancellationToken.None);
        return new PartTag(number, (await desk.ReceivePartAsync(Parse(signed!.Url), new MemoryStream(part), CancellationToken.None))!);
    }

    public async Task<UploadCompleted?> CompleteAsync(UploadStarted upload, byte[] file, IReadOnlyList<PartTag> parts) =>
        await completion.CompleteAsync(userId, upload.Id, new CompleteUpload(Convert.ToHexStringLower(SHA256.HashData(file)), parts), CancellationToken.None);

    public async Task<UploadCompleted> SendAsync(string path, byte[] file, params string[] siblings)
    {
        var upload = await StartAsync(path, file.Length, siblings);
        var parts = new List<PartTag>();
        for (var number = 1; number <= upload.PartCount; number++)
        {
            parts.Add(await SendPartAsync(upload, number, file));
        }

        return (await CompleteAsync(upload, file, parts))!;
    }

    private static FilePart Parse(string url)
    {
        var path = url.Split('?')[0].Split('/');
        var query = QueryHelpers.ParseQuery(url.Split('?')[1]);
        return new FilePart(
            path[^2], int.Parse(path[^1], CultureInfo.InvariantCulture), long.Parse(query["size"]!, CultureInfo.InvariantCulture), query["sha256"]!,
            long.Parse(query["expires"]!, CultureInfo.InvariantCulture), query["signature"]!);
    }
}
