using System.Text;
using CryoHub.Platform.Storage;

namespace CryoHub.Platform.Audit;

/// <summary>Keys and heads: texts that fit into memory.</summary>
internal static class SmallObjects
{
    private const int Most = 1 << 16;

    /// <summary><c>null</c> where there is none.</summary>
    public static async Task<string?> ReadTextAsync(this IObjectStore store, string key, CancellationToken ct)
    {
        using var found = await store.OpenAsync(key, ct);
        if (found is null || found.Length > Most)
        {
            return null;
        }

        var bytes = new byte[found.Length];
        await found.ReadAsync(0, bytes, ct);
        return Encoding.UTF8.GetString(bytes);
    }
}
