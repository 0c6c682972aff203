using CryoHub.Platform.Storage;

namespace CryoHub.Platform.Crates;

/// <summary>Where everything lies in a crate, and which stored objects go along.</summary>
internal sealed class CrateLayout
{
    public CratePaths Paths { get; } = new();

    /// <summary>By data set and result, with a slash at the end; data sets only where their originals go along.</summary>
    public Dictionary<Guid, string> Folders { get; } = [];

    /// <summary>By data set and result.</summary>
    public Dictionary<Guid, List<CrateFile>> Files { get; } = [];

    /// <summary>Folders of the pictures and volumes of results, by result and item.</summary>
    public Dictionary<(Guid Result, int Item), string> Groups { get; } = [];

    public int FileCount => Files.Values.Sum(files => files.Count);

    public long Bytes => Files.Values.Sum(files => files.Sum(file => file.Size));

    public static async Task<CrateLayout> MakeAsync(CrateRecords records, bool withFiles, Guid userId, IObjectStore store, Pixels pixels, CancellationToken ct)
    {
        var layout = new CrateLayout();
        foreach (var dataset in records.Datasets.Where(d => withFiles && d.Files.Count > 0))
        {
            var folder = layout.Folders[dataset.Id] = layout.Paths.Folder("data/", dataset.Name);
            layout.Files[dataset.Id] =
            [
                .. dataset.Files.Select(file => new CrateFile(
                    layout.Paths.File(folder, file.Path), file.Path, file.Size, file.Sha256, true, stop => pixels.OriginalAsync(userId, dataset.Id, file.Id, stop))),
            ];
        }

        foreach (var result in records.Results)
        {
            layout.Folders[result.Id] = layout.Paths.Folder("results/", result.Title);
            foreach (var item in result.Objects.Where(_ => withFiles))
            {
                await layout.AddAsync(result, item, userId, store, pixels, ct);
            }
        }

        return layout;
    }

    private async Task AddAsync(CrateResult result, CrateObject item, Guid userId, IObjectStore store, Pixels pixels, CancellationToken ct)
    {
        if (!Files.TryGetValue(result.Id, out var files))
        {
            files = Files[result.Id] = [];
        }

        var folder = Folders[result.Id];
        if (!item.IsGroup)
        {
            var size = item.File?.RootElement.TryGetProperty("size", out var stated) == true ? stated.GetInt64() : 0;
            files.Add(new(Paths.File(folder, item.Name), item.Name, size, "", true, stop => pixels.ItemFileAsync(userId, result.Id, item.Index, stop)));
            return;
        }

        var group = Groups[(result.Id, item.Index)] = Paths.Folder(folder, item.Name + ".zarr");
        await foreach (var piece in store.ListAsync(item.Key + "/", ct))
        {
            var path = piece.Key[(item.Key.Length + 1)..];   // made by ourselves: zarr.json and numbers
            files.Add(new(group + path, path, piece.Size, "", false, stop => pixels.OfItemAsync(userId, result.Id, item.Index, path, stop)));
        }
    }
}
