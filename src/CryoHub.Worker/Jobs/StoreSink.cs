using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using CryoHub.Analyses;
using CryoHub.Imaging;
using CryoHub.Imaging.Pyramids;
using CryoHub.Platform;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Results;
using CryoHub.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Worker.Jobs;

/// <summary>Collects what an analysis gives: pixels and files go to the store below the attempt's prefix, rows wait here until the job succeeds.</summary>
internal sealed class StoreSink(IObjectStore store, SignalDisk disk, string prefix) : IResultSink
{
    private const int LongestName = 400;

    private readonly Lock gate = new();
    private readonly SortedDictionary<int, ResultItem> items = [];
    private readonly SortedDictionary<int, Func<Guid, Signal>> signals = [];
    private readonly List<string> warnings = [];
    private int next;

    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>The items in the order in which the analysis began them.</summary>
    /// <exception cref="InvalidOperationException">A volume was begun and not finished.</exception>
    public IReadOnlyList<ResultItem> Items => items.Count == next
        ? [.. items.Values]
        : throw new InvalidOperationException($"{next} results were begun, {items.Count} finished.");

    public void Number(string name, double value, string unit, double? uncertainty = null) => Add(Begin(), ResultKind.Number, name, ItemJson.Number(value, unit, uncertainty));

    public void Curve(string name, ReadOnlySpan<double> x, ReadOnlySpan<double> y, string xUnit, string yUnit, ReadOnlySpan<double> error = default) =>
        Add(Begin(), ResultKind.Curve, name, ItemJson.Curve(x, y, xUnit, yUnit, error));

    public void Table(string name, IReadOnlyList<Column> columns) => Add(Begin(), ResultKind.Table, name, ItemJson.Table(columns));

    public async Task ImageAsync(string name, SignalHeader header, ReadOnlyMemory<float> pixels, CancellationToken ct)
    {
        var index = Begin();
        var bytes = MemoryMarshal.AsBytes(pixels.Span).ToArray();
        var summary = await PyramidWriter.WriteAsync(new ArraySignal(header with { Pixel = PixelType.Float32 }, bytes), disk.Write(Zarr(index)), null, ct);
        await AddSignalAsync(index, ResultKind.Image, name, header with { Pixel = PixelType.Float32 }, summary, ct);
    }

    public Task<IVolumeWriter> VolumeAsync(string name, SignalHeader header, CancellationToken ct)
    {
        var index = Begin();
        return Task.FromResult<IVolumeWriter>(new Volume(
            header, new VolumeWriter(header, disk.Write(Zarr(index))), summary => AddSignalAsync(index, ResultKind.Volume, name, header, summary, CancellationToken.None)));
    }

    public async Task FileAsync(string name, string mediaType, Stream content, CancellationToken ct)
    {
        var index = Begin();
        var key = $"{prefix}{index}";
        await store.PutAsync(key, content, ct);
        using var stored = await store.OpenAsync(key, ct);
        Add(index, ResultKind.File, name, ItemJson.File(mediaType, stored?.Length ?? 0), key);
    }

    public void Warn(string sentence)
    {
        lock (gate)
        {
            warnings.Add(sentence);
        }
    }

    /// <summary>Adds the rows of the result: everything that was collected, with what it cost. Each picture and volume becomes a data set of the sample that all inputs show.</summary>
    public async Task PublishAsync(CryoHubDb db, ClaimedJob job, TimeSpan took, DateTimeOffset now)
    {
        var result = new Result
        {
            Id = Guid.CreateVersion7(),
            JobId = job.Id,
            ProjectId = job.ProjectId!.Value,
            Title = job.Title,
            Warnings = [.. Warnings],
            Seconds = took.TotalSeconds,
            PeakMemoryMiB = Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0,
            CreatedAt = now,
        };
        result.Items.AddRange(Items);
        result.Datasets.AddRange(Datasets(result, job, await SampleAsync(db, job.Id), now));
        db.Results.Add(result);
    }

    private static async Task<Guid?> SampleAsync(CryoHubDb db, Guid jobId) =>
        await db.JobInputs.Where(i => i.JobId == jobId).Select(i => i.Dataset.SampleId).Distinct().ToListAsync() is [var only] ? only : null;

    private IEnumerable<Dataset> Datasets(Result result, ClaimedJob job, Guid? sampleId, DateTimeOffset now)
    {
        foreach (var (index, signalOf) in signals)
        {
            var id = Guid.CreateVersion7();
            var signal = signalOf(id);
            var header = SignalJson.Header(signal);
            var name = $"{items[index].Name} of {result.Title}";
            var dataset = new Dataset
            {
                Id = id,
                ProjectId = result.ProjectId,
                SampleId = sampleId,
                ResultItem = index,
                Name = name.Length > LongestName ? name[..LongestName] : name,
                Status = DatasetStatus.Ready,
                Kind = signal.Kind,
                SizeBytes = header.FrameBytes * header.FrameCount,
                CreatedBy = job.SubmittedBy ?? Guid.Empty,
                CreatedAt = now,
            };
            dataset.Signals.Add(signal);
            yield return dataset;
        }
    }

    private string Zarr(int index) => $"{prefix}{index}.zarr";

    private int Begin() => Interlocked.Increment(ref next) - 1;

    private async Task AddSignalAsync(int index, ResultKind kind, string name, SignalHeader header, SignalSummary summary, CancellationToken ct)
    {
        var thumbnail = summary.Thumbnail.Length > 0 ? $"{prefix}{index}.png" : "";
        if (thumbnail.Length > 0)
        {
            await store.PutAsync(thumbnail, new MemoryStream(summary.Thumbnail), ct);
        }

        Add(index, kind, name, ItemJson.Signal(header, summary), Zarr(index), thumbnail);
        lock (gate)
        {
            signals.Add(index, datasetId => SignalJson.Row(datasetId, 0, header with { Name = name }, summary, Zarr(index), thumbnail));
        }
    }

    private void Add(int index, ResultKind kind, string name, JsonObject content, string key = "", string thumbnail = "")
    {
        lock (gate)
        {
            items.Add(index, new ResultItem { Index = index, Kind = kind, Name = name, Content = JsonSerializer.SerializeToDocument(content), ObjectKey = key, ThumbnailKey = thumbnail });
        }
    }

    /// <summary>Disposing finishes a volume that has all its slices; one that has not is left unfinished, which the job then notices.</summary>
    private sealed class Volume(SignalHeader header, VolumeWriter writer, Func<SignalSummary, Task> finished) : IVolumeWriter
    {
        private readonly long sliceBytes = header.FrameBytes;
        private long slices;

        public async Task WriteSlabAsync(long firstSlice, ReadOnlyMemory<byte> slab, CancellationToken ct)
        {
            await writer.WriteSlabAsync(firstSlice, slab, ct);
            slices += slab.Length / sliceBytes;
        }

        public async ValueTask DisposeAsync()
        {
            if (slices == header.FrameCount)
            {
                await finished(await writer.FinishAsync(CancellationToken.None));
            }
        }
    }
}
