using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tests.Expected;

/// <summary>In what a text differs from what an independent reader found: lines, those that are listed, and every listed key with its value, also in the tree.</summary>
internal static class DocumentComparer
{
    public static async Task<List<string>> DifferencesAsync(ExpectedSignal expected, ISignal signal, CancellationToken ct)
    {
        List<string> found = [];
        SignalComparer.Say(found, "kind", SignalKind.Document, signal.Header.Kind);
        if (signal.Header.Kind != SignalKind.Document)
        {
            return found;
        }

        var bytes = new byte[signal.Header.FrameBytes];
        await signal.ReadFrameAsync(0, bytes, ct);
        var text = Encoding.UTF8.GetString(bytes);
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        SignalComparer.Say(found, "lines", (long?)expected.Metadata["n_lines"] ?? expected.Shape[0], (long)lines.Length);
        Holds("first_line", lines[0]);
        Holds("last_line", lines[^1]);
        var tree = new TreeValues(signal.Header.Original);
        foreach (var (key, value) in expected.Metadata["key_values"] as JsonObject ?? [])
        {
            if (tree.Holds(key, value))
            {
                continue;
            }

            if (!lines.Any(line => line.Contains(Known(key), StringComparison.Ordinal) && line.Contains(Known(value!.ToString()), StringComparison.Ordinal)))
            {
                found.Add($"{key}: expected {value}");
            }
        }

        return found;

        void Holds(string key, string line)
        {
            if ((string?)expected.Metadata[key] is { } stated && !line.Contains(Known(stated), StringComparison.Ordinal))
            {
                found.Add($"{key}: expected {stated}, found {line}");
            }
        }
    }

    /// <summary>What of <paramref name="keys"/> a signal's metadata tree does not say.</summary>
    public static List<string> MissingKeys(JsonObject keys, SignalHeader header)
    {
        var tree = new TreeValues(header.Original);
        return [.. keys.Where(pair => !tree.Holds(pair.Key, pair.Value)).Select(pair => $"{pair.Key}: expected {pair.Value?.ToJsonString()}")];
    }

    /// <summary>Where the reference could not decode a character, what stands before it.</summary>
    private static string Known(string text) => text.Split('\uFFFD')[0].TrimEnd();
}
