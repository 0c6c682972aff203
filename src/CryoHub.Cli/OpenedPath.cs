using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CryoHub.Formats;
using CryoHub.Imaging;
using CryoHub.Imaging.Pyramids;
using CryoHub.Imaging.Sources;

namespace CryoHub.Cli;

/// <summary>What a path names: a file of any format, or a folder of zarr as <c>convert</c> and <c>run</c> write them, so that one analysis can follow another.</summary>
internal sealed class OpenedPath : IDisposable
{
    private readonly string path;
    private readonly IDisposable source;

    private OpenedPath(string path, string format, IReadOnlyList<ISignal> signals, IDisposable source) => (this.path, Format, Signals, this.source) = (path, format, signals, source);

    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));

    /// <summary>Key of the reader.</summary>
    public string Format { get; }

    public IReadOnlyList<ISignal> Signals { get; }

    /// <exception cref="ProblemException">Nothing is there, or nobody can read it.</exception>
    public static async Task<OpenedPath> OpenAsync(string path, CancellationToken ct)
    {
        if (Directory.Exists(path))
        {
            return await OpenFolderAsync(path, ct);
        }

        var file = new FolderFile(path);
        try
        {
            var reader = await FormatCatalog.DetectAsync(file, ct);
            return new OpenedPath(path, reader.Format.Key, await reader.OpenAsync(file, ct), file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Of the file's bytes; of a folder, over the names and hashes of all its files in the order of names.</summary>
    public async Task<string> Sha256Async(CancellationToken ct)
    {
        if (!Directory.Exists(path))
        {
            return Convert.ToHexStringLower(await HashAsync(path, ct));
        }

        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            all.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(path, file) + "\n"));
            all.AppendData(await HashAsync(file, ct));
        }

        return Convert.ToHexStringLower(all.GetHashAndReset());
    }

    public void Dispose() => source.Dispose();

    private static async Task<OpenedPath> OpenFolderAsync(string path, CancellationToken ct)
    {
        var root = Path.Combine(path, "zarr.json");
        if (!File.Exists(root) || Attributes(await File.ReadAllTextAsync(root, ct))?["cryohub"] is not JsonObject)
        {
            throw ProblemException.Unreadable($"{path} is a folder, and none that `cryohub convert` or `cryohub run` wrote as zarr: its zarr.json with the attribute \"cryohub\" is missing.");
        }

        var folder = new ZarrFolder(path);
        try
        {
            return new OpenedPath(path, "zarr", [await ZarrSignal.OpenAsync(folder, null, ct)], folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private static JsonNode? Attributes(string json)
    {
        try
        {
            return JsonNode.Parse(json)?["attributes"];
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task<byte[]> HashAsync(string file, CancellationToken ct)
    {
        await using var stream = File.OpenRead(file);
        return await SHA256.HashDataAsync(stream, ct);
    }
}
