using CryoHub.Imaging;
using CryoHub.Imaging.Pyramids;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Storage;

namespace CryoHub.Worker.Jobs;

/// <summary>Writes one signal's zarr group and thumbnail to the store and gives the row that describes them.</summary>
internal sealed class SignalWriter(IObjectStore store, SignalDisk disk, string prefix)
{
    public async Task<Signal> WriteAsync(Guid datasetId, int index, ISignal signal, IProgress<double> progress, CancellationToken ct)
    {
        var (zarr, thumbnail) = ($"{prefix}{index}.zarr", $"{prefix}{index}.png");
        var summary = await PyramidWriter.WriteAsync(signal, disk.Write(zarr), progress, ct);
        if (summary.Thumbnail.Length > 0)
        {
            await store.PutAsync(thumbnail, new MemoryStream(summary.Thumbnail), ct);
        }

        return SignalJson.Row(datasetId, index, signal.Header, summary, zarr, summary.Thumbnail.Length > 0 ? thumbnail : "");
    }
}
