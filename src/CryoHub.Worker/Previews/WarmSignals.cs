using CryoHub.Imaging;
using CryoHub.Imaging.Pyramids;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Storage;
using Microsoft.Extensions.Options;

namespace CryoHub.Worker.Previews;

/// <summary>Signals that pages are working with, whole in memory up to a budget, so that moving a window does not read the store again. The longest unused goes first.</summary>
internal sealed class WarmSignals(SignalDisk disk, IOptions<PreviewOptions> options)
{
    private readonly Lock gate = new();
    private readonly LinkedList<Warm> newestFirst = [];
    private readonly SemaphoreSlim loading = new(1);
    private readonly long budget = (long)options.Value.WarmMiB << 20;

    /// <summary>The signal in memory, or, where it is larger than the budget, from the store.</summary>
    public async Task<ISignal> OpenAsync(Signal row, CancellationToken ct)
    {
        if (Find(row.ZarrPrefix) is { } known)
        {
            return known;
        }

        var header = SignalJson.Header(row);
        if (header.PixelCount * header.Pixel.Bytes() is var bytes && (bytes > budget || bytes > Array.MaxLength))
        {
            return await ZarrSignal.OpenAsync(disk.Read(row.ZarrPrefix), header, ct);
        }

        await loading.WaitAsync(ct);
        try
        {
            return Find(row.ZarrPrefix) ?? Keep(row.ZarrPrefix, await LoadAsync(row.ZarrPrefix, header, ct), bytes);
        }
        finally
        {
            loading.Release();
        }
    }

    private async Task<ArraySignal> LoadAsync(string prefix, SignalHeader header, CancellationToken ct)
    {
        using var group = disk.Read(prefix);
        var stored = await ZarrSignal.OpenAsync(group, header, ct);
        var pixels = GC.AllocateUninitializedArray<byte>((int)(header.PixelCount * header.Pixel.Bytes()));
        var frame = (int)header.FrameBytes;
        await Parallel.ForAsync(0, header.FrameCount, ct, (number, inner) => stored.ReadFrameAsync(number, pixels.AsMemory((int)(number * frame), frame), inner));
        return new ArraySignal(header, pixels);
    }

    private ISignal? Find(string prefix)
    {
        lock (gate)
        {
            for (var node = newestFirst.First; node is not null; node = node.Next)
            {
                if (node.Value.Prefix == prefix)
                {
                    newestFirst.Remove(node);
                    newestFirst.AddFirst(node);
                    return node.Value.Signal;
                }
            }

            return null;
        }
    }

    private ISignal Keep(string prefix, ISignal signal, long bytes)
    {
        lock (gate)
        {
            while (newestFirst.Sum(warm => warm.Bytes) + bytes > budget && newestFirst.Last is { } oldest)
            {
                newestFirst.Remove(oldest);
            }

            newestFirst.AddFirst(new Warm(prefix, signal, bytes));
            return signal;
        }
    }

    private sealed record Warm(string Prefix, ISignal Signal, long Bytes);
}
