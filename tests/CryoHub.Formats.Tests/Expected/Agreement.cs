using System.Collections.Concurrent;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Tests.Expected;

/// <summary>Whether one real file reads as independent readers read it. Asked once a file, however many tests ask.</summary>
/// <param name="Key">Format that read it; empty where none did.</param>
/// <param name="Differences">What differs beyond the known differences, and known ones that no longer occur; empty where all agrees.</param>
internal sealed record Agreement(string Key, IReadOnlyList<string> Differences)
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<Agreement>>> Known = new();

    /// <param name="name">As <c>folder/name</c>.</param>
    public static Task<Agreement> OfAsync(string name) => Known.GetOrAdd(name, file => new Lazy<Task<Agreement>>(() => CompareAsync(file, CancellationToken.None))).Value;

    private static async Task<Agreement> CompareAsync(string name, CancellationToken ct)
    {
        ExpectedFile expected;
        try
        {
            expected = ExpectedFile.Load(name);
        }
        catch (Exception bug)
        {
            return new Agreement("", [$"{bug}"]);
        }

        using var folder = new FolderFile(expected.Path);
        ISourceFile file = name.EndsWith(".zip", StringComparison.Ordinal) ? ZipMember.Only(expected.Path) : folder;
        var mustRefuse = expected.DataMissing || KnownDifferences.Refused.Contains(name);
        try
        {
            var reader = await FormatCatalog.DetectAsync(file, ct);
            var signals = await reader.OpenAsync(file, ct);
            return new Agreement(reader.Format.Key,
                mustRefuse ? ["The file's pixels are missing, yet it was opened."] : expected.IsFallback ? [] : await UnknownAsync(name, expected, signals, ct));
        }
        catch (ProblemException problem) when (problem.Kind == ProblemKind.Unreadable)
        {
            return new Agreement("", mustRefuse || expected.IsFallback ? [] : [problem.Message]);
        }
        catch (Exception bug)
        {
            return new Agreement("", [$"{bug}"]);   // a bug in a reader or in the comparison: the test of this file shows it, the table goes on
        }
    }

    private static async Task<List<string>> UnknownAsync(string name, ExpectedFile expected, IReadOnlyList<ISignal> signals, CancellationToken ct)
    {
        if (Hdf5Comparer.Differences(expected.Hdf5, signals).ToList() is { Count: > 0 } missing)
        {
            return missing;
        }

        List<string> found = [];
        if (signals.Count < expected.Signals.Count)
        {
            found.Add($"expected {expected.Signals.Count} signals, found {signals.Count}: {string.Join("; ", signals.Select(s => s.Header.Name))}");
        }

        List<ISignal> unclaimed = [.. signals];
        foreach (var signal in found.Count == 0 ? expected.Signals : [])
        {
            found.AddRange(await BestMatchAsync(signal, unclaimed, ct));
        }

        var known = KnownDifferences.Of(name);
        var wrong = found.Where(difference => !known.Any(start => difference.StartsWith(start, StringComparison.Ordinal)));
        var outdated = known.Where(start => !found.Any(difference => difference.StartsWith(start, StringComparison.Ordinal)));
        return [.. wrong, .. outdated.Select(start => $"no longer differs: {start}")];
    }

    /// <summary>Readers need not list a file's signals in the same order: the signal with the fewest differences is claimed, the earliest on a tie.</summary>
    private static async Task<List<string>> BestMatchAsync(ExpectedSignal expected, List<ISignal> unclaimed, CancellationToken ct)
    {
        (ISignal Signal, List<string> Differences)? best = null;
        foreach (var signal in unclaimed)
        {
            var differences = await SignalComparer.DifferencesAsync(expected, signal, ct);
            if (best is null || differences.Count < best.Value.Differences.Count)
            {
                best = (signal, differences);
            }

            if (differences.Count == 0)
            {
                break;
            }
        }

        unclaimed.Remove(best!.Value.Signal);
        return best.Value.Differences;
    }
}
