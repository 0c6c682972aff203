using System.Text.Json;

namespace CryoHub.Platform.Crates;

/// <summary>A file (with its size as content), picture or volume of a result.</summary>
/// <param name="Key">Of the object, or of a zarr group.</param>
internal sealed record CrateObject(int Index, string Name, string Key, JsonDocument? File)
{
    public bool IsGroup => Key.EndsWith(".zarr", StringComparison.Ordinal);
}
