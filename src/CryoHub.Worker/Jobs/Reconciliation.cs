using System.Runtime.CompilerServices;
using CryoHub.Platform.Storage;

namespace CryoHub.Worker.Jobs;

/// <summary>Walks through rows and objects side by side, both in the order of the keys' bytes: what is held is one of each and the groups the walk stands in, however many there are.</summary>
internal sealed class Reconciliation
{
    private const string Root = "zarr.json";

    private readonly Stack<Prefix> inside = [];
    private readonly Queue<StoreFinding> findings = [];
    private string? awaited;
    private string? expected;

    /// <param name="rows">In order; a key may come more than once.</param>
    /// <param name="objects">In order.</param>
    /// <param name="ct">Stops between two steps.</param>
    public static async IAsyncEnumerable<StoreFinding> CompareAsync(IAsyncEnumerable<NamedObject> rows, IAsyncEnumerable<ObjectInfo> objects, [EnumeratorCancellation] CancellationToken ct)
    {
        var walk = new Reconciliation();
        await using var row = rows.GetAsyncEnumerator(ct);
        await using var stored = objects.GetAsyncEnumerator(ct);
        var (hasRow, hasObject) = (await row.MoveNextAsync(), await stored.MoveNextAsync());
        while (hasRow || hasObject)
        {
            if (hasRow && (!hasObject || string.CompareOrdinal(row.Current.Key, stored.Current.Key) <= 0))
            {
                walk.Name(row.Current);
                hasRow = await row.MoveNextAsync();
            }
            else
            {
                walk.Find(stored.Current);
                hasObject = await stored.MoveNextAsync();
            }

            while (walk.findings.TryDequeue(out var finding))
            {
                yield return finding;
            }
        }

        walk.GoOnTo(null);
        foreach (var finding in walk.findings)
        {
            yield return finding;
        }
    }

    private void Name(NamedObject row)
    {
        GoOnTo(row.Key);
        switch (row.As)
        {
            case NamedAs.Object:
                awaited = row.Key;
                break;
            case NamedAs.Expected:
                expected = row.Key;
                break;
            default:
                inside.Push(new Prefix(row.Key, row.As == NamedAs.Busy));
                break;
        }
    }

    private void Find(ObjectInfo stored)
    {
        GoOnTo(stored.Key);
        if (inside.Count == 0 && awaited != stored.Key && expected != stored.Key)
        {
            findings.Enqueue(new StoreFinding(stored.Key, null, stored.ChangedAt));
        }

        awaited = null;   // GoOnTo has let go of every other
        foreach (var prefix in inside)
        {
            prefix.HasRoot |= stored.Key.Length == prefix.Key.Length + Root.Length && stored.Key.EndsWith(Root, StringComparison.Ordinal);
        }
    }

    /// <summary>Leaves behind what cannot come any more once the walk is at <paramref name="key"/>, or at its end.</summary>
    private void GoOnTo(string? key)
    {
        if (awaited is not null && awaited != key)
        {
            findings.Enqueue(new StoreFinding(awaited, awaited, default));
            awaited = null;
        }

        while (inside.TryPeek(out var prefix) && key?.StartsWith(prefix.Key, StringComparison.Ordinal) is not true)
        {
            inside.Pop();
            if (!prefix.HasRoot)
            {
                findings.Enqueue(new StoreFinding(prefix.Key + Root, prefix.Key, default));
            }
        }
    }

    private sealed class Prefix(string key, bool hasRoot)
    {
        public string Key { get; } = key;

        public bool HasRoot { get; set; } = hasRoot;
    }
}
