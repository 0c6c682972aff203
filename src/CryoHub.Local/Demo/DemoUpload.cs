using System.Security.Cryptography;
using CryoHub.Platform.Storage;
using CryoHub.Platform.Uploads;

namespace CryoHub.Local.Demo;

/// <summary>Sends a file the way a browser does: parts to signed addresses, then the whole file's hash.</summary>
public sealed class DemoUpload(UploadDesk desk, UploadCompletion completion)
{
    public async Task SendAsync(Uri site, Guid userId, Guid projectId, Guid? sampleId, DemoFile file, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await file.WriteAsync(bytes, ct);
        var content = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        var upload = await desk.StartAsync(userId, new StartUpload(projectId, sampleId, null, Guid.CreateVersion7(), file.Name, content.Length, [file.Name]), ct)
            ?? throw new InvalidOperationException("The demo project is gone.");
        using var http = new HttpClient { BaseAddress = site };
        var tags = new List<PartTag>();
        for (var number = 1; number <= upload.PartCount; number++)
        {
            var start = (int)((number - 1) * upload.PartSize);
            var part = content[start..(int)Math.Min(start + upload.PartSize, content.Length)];
            var signed = await desk.SignPartAsync(userId, upload.Id, number, part.Length, Convert.ToHexStringLower(SHA256.HashData(part.Span)), ct);
            using var request = new HttpRequestMessage(HttpMethod.Put, signed!.Url) { Content = new ReadOnlyMemoryContent(part) };
            foreach (var (name, value) in signed.Headers)
            {
                _ = request.Headers.TryAddWithoutValidation(name, value) || request.Content.Headers.TryAddWithoutValidation(name, value);
            }

            using var answer = (await http.SendAsync(request, ct)).EnsureSuccessStatusCode();
            tags.Add(new PartTag(number, answer.Headers.ETag!.ToString()));
        }

        await completion.CompleteAsync(userId, upload.Id, new CompleteUpload(Convert.ToHexStringLower(SHA256.HashData(content.Span)), tags), ct);
    }
}
