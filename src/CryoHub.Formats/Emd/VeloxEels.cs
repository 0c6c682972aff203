using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.Emd;

/// <summary>EELS spectrum images of Velox 3: arrays [x, energy, y], one for each energy range.</summary>
internal static class VeloxEels
{
    public static void Add(Hdf5File file, List<ISignal> signals)
    {
        // The scanned area is stated by the X-ray spectrum image taken at the same time.
        var area = file.Members("Data/SpectrumImage").Select(key => VeloxMetadata.Read(file, $"Data/SpectrumImage/{key}")).FirstOrDefault();
        foreach (var key in file.Members("Data/EelsSpectrumImage"))
        {
            var path = $"Data/EelsSpectrumImage/{key}";
            if (file.Dataset($"{path}/Data") is { Pixel: { } pixel, Shape: [var width, var channels, var height], Count: > 0 } data)
            {
                var metadata = VeloxMetadata.Read(file, path);
                var space = metadata.X(width).IsCalibrated || area is null ? metadata : area;
                var header = new SignalHeader(
                    $"EELS {metadata.DetectorName}".Trim(), SignalKind.SpectrumImage, pixel, [space.Y(height), space.X(width), Energy(file, path, channels)], metadata.Acquisition, metadata.Tree);
                signals.Add(new Hdf5Signal(file, header, data, [2, 0, 1]));
            }
        }
    }

    // Dispersion and offset, in electronvolt, stand in a record that repeats for every row.
    private static Axis Energy(Hdf5File file, string path, long size)
    {
        if (file.Dataset($"{path}/AcquisitionMetadata") is { Pixel: PixelType.UInt8, Shape: [> 0 and <= 1 << 20 and var length, > 0] } dataset)
        {
            var bytes = new byte[length];
            file.Read(dataset, [0, 0], [length, 1], bytes);
            var record = new VeloxMetadata(VeloxMetadata.Parse(System.Text.Encoding.UTF8.GetString(bytes).TrimEnd('\0')) ?? []);
            if (record.Number("Data", "dispersion") is { } dispersion && record.Number("Data", "offset") is { } offset)
            {
                return new Axis("energy loss", size, "eV", AxisRole.Energy, dispersion, offset);
            }
        }

        return new Axis("energy loss", size, "", AxisRole.Energy);
    }
}
