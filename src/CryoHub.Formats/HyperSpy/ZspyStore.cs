using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CryoHub.Formats.Zarr;
using CryoHub.Formats.Zip;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.Imaging.Statistics;

namespace CryoHub.Formats.HyperSpy;

/// <summary>Arrays and attributes of a zarr store in a zip file, within the bounds of the file.</summary>
internal sealed class ZspyStore(IByteSource file, ZipDirectory directory, IReadOnlyDictionary<string, ZipMember> members)
{
    private const long LargestDocument = 4 << 20;
    private const long LargestRatio = 4096;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    // A chunk may be as large as any frame that is worth opening.
    private long Room => (64L << 20) + (2 * file.Length);

    /// <summary><c>null</c> where there is no array of numbers.</summary>
    public async Task<ZarrArray?> ArrayAsync(string path, CancellationToken ct)
    {
        if (await DocumentAsync($"{path}/.zarray", ct) is not { } json || ZarrLayout.Of(json, path) is not { } layout)
        {
            return null;
        }

        var stored = members.Where(member => member.Key.StartsWith($"{path}/", StringComparison.Ordinal)).Sum(member => member.Value.PackedBytes);
        return layout.ChunkBytes <= Room && layout.Count <= ((stored * LargestRatio) + (64L << 20)) / layout.Pixel.Bytes() ? new ZarrArray(layout, path, ReadAsync)
            : throw ProblemException.Unreadable($"{path} promises {string.Join(" x ", layout.Shape)} values in chunks of {layout.ChunkBytes} bytes; the file stores {stored} bytes for it.");
    }

    /// <summary>A list of real numbers; <c>null</c> where there is none of that length.</summary>
    public async Task<double[]?> ValuesAsync(string path, long count, CancellationToken ct)
    {
        if (await ArrayAsync(path, ct) is not { Layout: { Shape: [var size], Pixel: var pixel } } array || size != count || pixel.IsComplex() || pixel.IsColour())
        {
            return null;
        }

        var bytes = new byte[size * pixel.Bytes()];
        await array.ReadAsync([0], [size], bytes, ct);
        var values = new double[size];
        PixelConversion.ToDouble(pixel, bytes, values);
        return values;
    }

    /// <summary>The attributes of all groups below a path, nested as the groups are.</summary>
    public async Task<JsonObject> TreeAsync(string root, CancellationToken ct)
    {
        var tree = new JsonObject();
        foreach (var name in members.Keys.Where(name => name.StartsWith($"{root}/", StringComparison.Ordinal) && name.EndsWith("/.zattrs", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var group = tree;
            foreach (var part in name[(root.Length + 1)..].Split('/')[..^1])
            {
                if (group[part] is not JsonObject below)
                {
                    group[part] = below = [];
                }

                group = below;
            }

            foreach (var (key, value) in await DocumentAsync(name, ct) ?? [])
            {
                group[key] = value?.DeepClone();
            }
        }

        return tree;
    }

    private async Task<JsonObject?> DocumentAsync(string name, CancellationToken ct)
    {
        if (await ReadAsync(name, LargestDocument, ct) is not { } bytes)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(Encoding.UTF8.GetString(bytes), documentOptions: Strict) as JsonObject;
        }
        catch (JsonException broken)
        {
            throw ProblemException.Unreadable($"{name} is no JSON: {broken.Message}", broken);
        }
    }

    private async ValueTask<byte[]?> ReadAsync(string name, CancellationToken ct) => await ReadAsync(name, Room, ct);

    private async ValueTask<byte[]?> ReadAsync(string name, long largest, CancellationToken ct)
    {
        if (!members.TryGetValue(name, out var member))
        {
            return null;
        }

        var source = await directory.OpenAsync(member, ct);
        return source.Length <= largest ? await source.ReadBlockAsync(0, source.Length, ct)
            : throw ProblemException.Unreadable($"{name} has {source.Length} bytes; at most {largest} are read.");
    }
}
