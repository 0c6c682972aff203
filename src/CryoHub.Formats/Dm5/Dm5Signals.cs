using CryoHub.Formats.DigitalMicrograph;
using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.Dm5;

/// <summary>An image of the list as signals: as DigitalMicrograph means it and, where that is another order than the stored one, as it is stored too.</summary>
internal static class Dm5Signals
{
    public static IEnumerable<ISignal> Of(Hdf5File file, Hdf5Dataset pixels, DmImage image, MetadataTree original, string fileName)
    {
        var stored = StoredAxes(image, pixels);
        var metadata = DmMetadata.Of(image);
        var name = image.Name.Trim('/') is { Length: > 0 } given ? given : fileName;
        var order = Enumerable.Range(0, stored.Count).ToList();
        if (image.IsSpectral && stored.Count > 2 && stored[^1].Role != AxisRole.Energy)
        {
            order = [.. order.Skip(1), 0];
            var axes = order.Select(i => stored[i]).ToList();
            axes[^1] = axes[^1] with { Name = "energy", Role = AxisRole.Energy };
            yield return new Hdf5Signal(file, new SignalHeader(name, SignalKind.SpectrumImage, pixels.Pixel!.Value, axes, metadata, original), pixels, order);
            name += " (as stored)";
            yield return new Hdf5Signal(file, new SignalHeader(name, SignalKind.ImageStack, pixels.Pixel!.Value, stored, metadata, original), pixels, [.. Enumerable.Range(0, stored.Count)]);
            yield break;
        }

        if (image.IsSpectral)
        {
            stored[^1] = stored[^1] with { Name = "energy", Role = AxisRole.Energy };
        }

        var kind = DmMetadata.IsDiffraction(image) && stored.Count == 2 ? SignalKind.Diffraction : stored.Count == 1 ? SignalKind.Spectrum : PlainSignals.Kind(stored);
        yield return new Hdf5Signal(file, new SignalHeader(name, kind, pixels.Pixel!.Value, stored, metadata, original), pixels, order);
    }

    // Dimension 0 is the fastest.
    private static List<Axis> StoredAxes(DmImage image, Hdf5Dataset pixels)
    {
        var rank = pixels.Shape.Count;
        return [.. pixels.Shape.Select((size, i) =>
        {
            var (step, origin, unit) = image.Calibration(rank - 1 - i);
            var name = (rank - 1 - i) switch { 0 => "x", 1 => "y", 2 => "z", var number => $"axis{number}" };
            return new Axis(name, size, unit, AxisRoles.Of(name, unit), step, origin);
        })];
    }
}
