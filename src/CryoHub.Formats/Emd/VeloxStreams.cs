using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.Emd;

/// <summary>The X-ray spectrum image of Velox: one stream of events for each detector segment, summed.</summary>
internal static class VeloxStreams
{
    private const int MostChannels = 65_535;

    public static void Add(Hdf5File file, List<ISignal> signals)
    {
        var paths = file.Members("Data/SpectrumStream").Select(key => $"Data/SpectrumStream/{key}").ToList();
        if (paths.Count == 0 || !file.IsGroup("Data/SpectrumImage"))
        {
            return;     // streams without a spectrum image are those of single spectra, which stand for themselves
        }

        var streams = paths.Select(path => file.Dataset($"{path}/Data")).OfType<Hdf5Dataset>().ToList();
        var settings = VeloxMetadata.Parse(file.Text($"{paths[0]}/AcquisitionSettings"));
        var acquisition = new VeloxMetadata(settings ?? []);
        if (streams.Exists(stream => stream is not { Pixel: PixelType.UInt16, Shape: [_, 1] }) || acquisition.Number("bincount") is not (>= 1 and <= MostChannels and var channels))
        {
            throw ProblemException.Unreadable($"The spectrum streams are of an unknown layout: columns of 16-bit events and a bincount of 1 to {MostChannels} were expected.");
        }

        var metadata = VeloxMetadata.Read(file, paths[0]);
        var (height, width) = Scan(metadata, acquisition);
        var frames = file.Members("Data/SpectrumImage").Select(key => VeloxMetadata.Parse(file.Text($"Data/SpectrumImage/{key}/SpectrumImageSettings"))).OfType<System.Text.Json.Nodes.JsonObject>()
            .Select(json => new VeloxMetadata(json).Number("endFramePosition")).FirstOrDefault();
        var header = new SignalHeader(
            "EDS", SignalKind.SpectrumImage, PixelType.UInt16, [metadata.Y(height), metadata.X(width), metadata.Energy((long)channels)], metadata.Acquisition, metadata.Tree);
        signals.Add(new VeloxStreamSignal(file, header, streams, frames is >= 1 and <= int.MaxValue ? (int)frames : int.MaxValue));
    }

    // The scan is laid over a raster; the area, in fractions of it, is what was scanned.
    private static (long Height, long Width) Scan(VeloxMetadata metadata, VeloxMetadata acquisition)
    {
        var width = Side(acquisition.Number("RasterScanDefinition", "Width") ?? metadata.Number("Scan", "ScanSize", "width"), metadata.Number("Scan", "ScanArea", "left"), metadata.Number("Scan", "ScanArea", "right"));
        var height = Side(acquisition.Number("RasterScanDefinition", "Height") ?? metadata.Number("Scan", "ScanSize", "height"), metadata.Number("Scan", "ScanArea", "top"), metadata.Number("Scan", "ScanArea", "bottom"));
        return (height, width);
    }

    private static long Side(double? raster, double? from, double? to) =>
        Math.Round((raster ?? 0) * ((to ?? 1) - (from ?? 0))) is >= 1 and <= 65_536 and var side ? (long)side
            : throw ProblemException.Unreadable($"The scan of the spectrum image states a raster of {raster} points from {from} to {to}; 1 to 65536 points were expected.");
}
