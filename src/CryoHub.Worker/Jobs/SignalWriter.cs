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
        var header = signal.Header;
        var (zarr, thumbnail) = ($"{prefix}{index}.zarr", $"{prefix}{index}.png");
        var summary = await PyramidWriter.WriteAsync(signal, disk.Write(zarr), progress, ct);
        if (summary.Thumbnail.Length > 0)
        {
            await store.PutAsync(thumbnail, new MemoryStream(summary.Thumbnail), ct);
        }

        return new Signal
        {
            DatasetId = datasetId,
            Index = index,
            Name = header.Name,
            Kind = header.Kind.Key(),
            PixelType = header.Pixel.Name(),
            Shape = [.. header.Shape],
            Axes = SignalJson.Axes(header),
            Metadata = SignalJson.Metadata(header),
            Original = SignalJson.Original(header),
            Columns = SignalJson.Columns(header),
            Crystal = SignalJson.Crystal(header),
            ValueUnit = header.ValueUnit,
            Statistics = SignalJson.Statistics(summary),
            ZarrPrefix = zarr,
            ThumbnailKey = summary.Thumbnail.Length > 0 ? thumbnail : "",
        };
    }
}
