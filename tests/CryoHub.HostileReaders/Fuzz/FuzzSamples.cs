using CryoHub.Formats;
using CryoHub.Imaging.Sources;

namespace CryoHub.HostileReaders.Fuzz;

/// <summary>The real files by the reader that recognises them, the smallest first: damaging them reaches the same code as damaging large ones.</summary>
public static class FuzzSamples
{
    private const int MostOfAFormat = 4;
    private const int LargestFile = 4 << 20;

    /// <summary>Keys of the readers for which <paramref name="folder"/> holds files that are small enough.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(string folder)
    {
        var found = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => !path.StartsWith(Path.Combine(folder, "expected"), StringComparison.Ordinal))
            .Select(path => new FileInfo(path)).Where(file => file.Length is > 0 and <= LargestFile).OrderBy(file => file.Length).ThenBy(file => file.FullName, StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (Recognised(file.FullName) is not { } key)
            {
                continue;
            }

            if (!found.TryGetValue(key, out var list))
            {
                found[key] = list = [];
            }

            if (list.Count < MostOfAFormat)
            {
                list.Add(file.FullName);
            }
        }

        return found.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)pair.Value);
    }

    private static string? Recognised(string path)
    {
        using var file = new FileByteSource(path);
        var head = new byte[Math.Min(4096, file.Length)];
        file.ReadAsync(0, head, CancellationToken.None).AsTask().GetAwaiter().GetResult();   // a local file: nothing is waited for
        var best = FormatCatalog.Readers.Select(reader => (reader.Format.Key, Match: reader.Recognise(head, Path.GetFileName(path)))).MaxBy(candidate => candidate.Match);
        return best.Match == Match.No ? null : best.Key;
    }
}
