using CryoHub.Imaging.Sources;
using CryoHub.Platform.Access;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Storage;

/// <summary>The bytes people look at and take away: zarr groups, thumbnails, originals and files of results. <c>null</c> = not there, or not theirs.</summary>
public sealed class Pixels(IDbContextFactory<CryoHubDb> dbs, PixelRights rights, IObjectStore store)
{
    public async Task<Download?> OfSignalAsync(Guid userId, Guid datasetId, int index, string path, CancellationToken ct) =>
        await OfGroupAsync(await rights.OfSignalAsync(userId, datasetId, index, ct), path, ct);

    public async Task<Download?> OfItemAsync(Guid userId, Guid resultId, int index, string path, CancellationToken ct) =>
        await OfGroupAsync(await rights.OfItemAsync(userId, resultId, index, ct), path, ct);

    public async Task<Download?> SignalThumbnailAsync(Guid userId, Guid datasetId, int index, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var key = await db.Datasets.VisibleTo(userId).Where(d => d.Id == datasetId).SelectMany(d => d.Signals).Where(s => s.Index == index).Select(s => s.ThumbnailKey).SingleOrDefaultAsync(ct);
        return await OpenAsync(key, "", "image/png", ct);
    }

    public async Task<Download?> ItemThumbnailAsync(Guid userId, Guid resultId, int index, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var key = await db.Results.VisibleTo(userId).Where(r => r.Id == resultId).SelectMany(r => r.Items).Where(i => i.Index == index).Select(i => i.ThumbnailKey).SingleOrDefaultAsync(ct);
        return await OpenAsync(key, "", "image/png", ct);
    }

    /// <summary>An original, under the name it came with.</summary>
    public async Task<Download?> OriginalAsync(Guid userId, Guid datasetId, Guid fileId, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var file = await db.Datasets.VisibleTo(userId).Where(d => d.Id == datasetId).SelectMany(d => d.Files).Where(f => f.Id == fileId).Select(f => new { f.ObjectKey, f.Path }).SingleOrDefaultAsync(ct);
        return file is null ? null : await OpenAsync(file.ObjectKey, file.Path[(file.Path.LastIndexOf('/') + 1)..], "application/octet-stream", ct) ?? throw Missing(file.ObjectKey);
    }

    public async Task<Download?> ItemFileAsync(Guid userId, Guid resultId, int index, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var item = await db.Results.VisibleTo(userId).Where(r => r.Id == resultId).SelectMany(r => r.Items).Where(i => i.Index == index && i.Kind == Results.ResultKind.File)
            .Select(i => new { i.ObjectKey, i.Name }).SingleOrDefaultAsync(ct);
        return item is null ? null : await OpenAsync(item.ObjectKey, item.Name, "application/octet-stream", ct) ?? throw Missing(item.ObjectKey);
    }

    /// <summary>Every chunk of an array is written, so one that is absent is damage, never emptiness: it must not look like "no data" to a viewer.</summary>
    private async Task<Download?> OfGroupAsync(string? prefix, string path, CancellationToken ct)
    {
        if (prefix is null || path.Split('/').Any(segment => segment is "" or "." or ".."))
        {
            return null;
        }

        var mediaType = path.EndsWith(".json", StringComparison.Ordinal) ? "application/json" : "application/octet-stream";
        var found = await OpenAsync($"{prefix}/{path}", "", mediaType, ct);
        return found is null && path.Contains("/c/", StringComparison.Ordinal) ? throw Missing($"{prefix}/{path}") : found;
    }

    private async Task<Download?> OpenAsync(string? key, string name, string mediaType, CancellationToken ct) =>
        key is { Length: > 0 } && await store.OpenAsync(key, ct) is { } found ? new Download(new ByteSourceStream(found, owned: found), found.ETag, name, mediaType) : null;

    private static FileNotFoundException Missing(string key) => new($"The object {key} is missing in the store.");
}
