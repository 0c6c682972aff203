using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.DigitalMicrograph;

/// <summary>From an image's tags to a signal: axes in our order, kind by what the tags say.</summary>
internal static class DmSignals
{
    public static ISignal Open(DmImage image, MetadataTree original, ISourceFile file, bool littleEndian)
    {
        var layout = DmLayout.Of(image);
        var stored = StoredAxes(image);
        var energySlowest = image.IsSpectral && stored.Count > 2 && !IsEnergy(stored[^1]);
        List<Axis> ordered = energySlowest ? [.. stored.Skip(1), stored[0] with { Role = AxisRole.Energy }] : stored;
        List<Axis> axes = [.. ordered.Where(axis => axis.Size > 1)];   // DigitalMicrograph writes spectra as images one row high
        if (axes.Count == 0)
        {
            axes.Add(ordered[^1]);
        }

        var kind = KindOf(image, axes);
        var name = image.Name.Length > 0 ? image.Name : Path.GetFileNameWithoutExtension(file.Name);
        var header = new SignalHeader(name, kind, layout.Pixel, Named(axes, kind), DmMetadata.Of(image), original);
        if (header.FrameBytes > Array.MaxLength)
        {
            throw ProblemException.Unreadable($"One frame takes {header.FrameBytes} bytes; at most {Array.MaxLength} can be held.");
        }

        var pixels = new DmPixels(file.Bytes, image.DataOffset, layout, littleEndian);
        if (layout.IsPackedPlane)
        {
            return new PackedPlaneSignal(header, file.Bytes, image.DataOffset, littleEndian);
        }

        if (layout.IsHalfPlane)
        {
            return new HalfPlaneSignal(header, pixels);
        }

        return energySlowest
            ? new EnergySlowestSignal(header, stored[0].Size, layout.Pixel.Bytes(), pixels.ReadAsync)
            : new DmSignal(header, pixels);
    }

    /// <summary>Slowest first.</summary>
    private static List<Axis> StoredAxes(DmImage image)
    {
        var sizes = image.Dimensions;
        return [.. Enumerable.Range(0, sizes.Count).Reverse().Select(number =>
        {
            var (step, origin, unit) = image.Calibration(number);
            return new Axis(number switch { 0 => "x", 1 => "y", 2 => "z", _ => $"axis{number}" }, sizes[number], unit, RoleOf(unit), step, origin);
        })];
    }

    private static SignalKind KindOf(DmImage image, List<Axis> axes) => axes.Count switch
    {
        1 => SignalKind.Spectrum,
        2 when image.IsSpectral => SignalKind.SpectrumLine,
        2 when DmMetadata.IsDiffraction(image) => SignalKind.Diffraction,
        2 => SignalKind.Image,
        3 when image.IsSpectral => SignalKind.SpectrumImage,
        3 when axes[0].Role == AxisRole.Tilt => SignalKind.TiltSeries,
        3 => SignalKind.ImageStack,
        _ => SignalKind.DiffractionScan,
    };

    private static List<Axis> Named(List<Axis> axes, SignalKind kind)
    {
        var named = axes.ToList();
        switch (kind)
        {
            case SignalKind.Spectrum or SignalKind.SpectrumLine or SignalKind.SpectrumImage:
                named[^1] = named[^1] switch
                {
                    var axis when IsEnergy(axis) => axis with { Name = "energy", Role = AxisRole.Energy },
                    { Unit: "nm" } axis when axes.Count > 1 => axis with { Name = "wavelength", Role = AxisRole.Energy },
                    var axis => axis with { Role = AxisRole.Energy },
                };
                if (axes.Count > 1)
                {
                    named[^2] = named[^2] with { Name = "x" };
                }

                if (axes.Count > 2)
                {
                    named[^3] = named[^3] with { Name = "y" };
                }

                break;
            case SignalKind.TiltSeries:
                named[0] = named[0] with { Name = "tilt" };
                break;
            case SignalKind.ImageStack:
                named[0] = named[0] with { Name = "frame", Role = AxisRole.Frame };
                break;
        }

        return named;
    }

    private static bool IsEnergy(Axis axis) => axis.Unit is "eV" or "keV";

    private static AxisRole RoleOf(string unit) => unit switch
    {
        "eV" or "keV" => AxisRole.Energy,
        "deg" or "°" => AxisRole.Tilt,
        "s" or "ms" => AxisRole.Time,
        "mrad" or "rad" => AxisRole.Reciprocal,
        _ when unit.StartsWith("1/", StringComparison.Ordinal) => AxisRole.Reciprocal,
        _ => AxisRole.Space,
    };
}
