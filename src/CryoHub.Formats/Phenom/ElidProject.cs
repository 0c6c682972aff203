using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Formats.Tiff;
using CryoHub.Imaging;
using CryoHub.Imaging.Crystals;

namespace CryoHub.Formats.Phenom;

/// <summary>Walks over a project: images, and the analyses made on each; the order of the fields is that of format versions 0 to 4.</summary>
internal sealed class ElidProject(IByteSource file, int version)
{
    private const int MostSignals = 10_000;

    private static readonly string[] Kinds = ["", "MSA", "Spot", "Line", "Map", "Difference", "Region", "Constructed"];

    private readonly ElidCursor cursor = new(file);
    private readonly List<ISignal> signals = [];

    public async Task<IReadOnlyList<ISignal>> ReadAsync(CancellationToken ct)
    {
        cursor.Skip(8);
        for (var images = await cursor.CountAsync(ct); images > 0; images--)
        {
            var image = await TiffAsync(ct);
            var label = await cursor.TextAsync(ct);
            if (image is not null)
            {
                signals.Add(new Titled(image, image.Header with { Name = label.Length > 0 ? label : image.Header.Name }));
            }

            await AnalysesAsync(label, image?.Header, ct);
        }

        if (version >= 1)
        {
            await AnalysesAsync("", null, ct);
        }

        return signals;
    }

    private async Task<ISignal?> TiffAsync(CancellationToken ct)
    {
        var bytes = await cursor.CountAsync(ct);
        var slice = new SliceSource(file, cursor.Position, bytes);
        cursor.Skip(bytes);
        return bytes == 0 ? null : (await new TiffReader().OpenAsync(new UnpackedFile("image.tif", slice, _ => null), ct))[0];
    }

    private async Task AnalysesAsync(string label, SignalHeader? image, CancellationToken ct)
    {
        for (var count = await cursor.CountAsync(ct); count > 0; count--)
        {
            ct.ThrowIfCancellationRequested();
            if (signals.Count >= MostSignals)
            {
                throw ProblemException.Unreadable($"The project holds more than {MostSignals} images and analyses.");
            }

            await AnalysisAsync(label, image, ct);
        }
    }

    private async Task AnalysisAsync(string label, SignalHeader? image, CancellationToken ct)
    {
        int kind = await cursor.ByteAsync(ct);
        if (kind is < 1 or > 7)
        {
            throw ProblemException.Unreadable($"An analysis of kind {kind} stands at byte {cursor.Position}; 1 to 7 are known.");
        }

        await TiffAsync(ct);        // a cutout of the image
        var spectrum = await cursor.SpectrumAsync(ct);
        var original = await ConditionsAsync(ct);
        var elements = await cursor.ElementsAsync(ct);
        await cursor.ElementsAsync(ct);             // excluded elements
        await cursor.SkipListAsync(4, ct);          // channels of the background
        await cursor.SkipListAsync(3, ct);          // oxides
        original["auto_id"] = await cursor.FlagAsync(ct);
        var number = (int)await cursor.CountAsync(ct);
        await cursor.SkipListAsync(2, ct);          // families chosen by hand
        cursor.Skip(version >= 2 ? 1 : 0);          // drift correction
        if (version >= 4)
        {
            await cursor.ElementsAsync(ct);         // ignored elements
        }

        var symbols = elements.Select(element => ChemicalSymbols.Of(element)).OfType<string>().Distinct().ToList();
        var metadata = new AcquisitionMetadata
        {
            BeamEnergyKeV = original.Positive("high_tension") / 1e3,
            ExposureS = original.Positive("live_time"),
            Instrument = original.Text("instrument_id"),
            AcquiredAt = image?.Metadata.AcquiredAt,
            Elements = symbols.Count > 0 ? symbols : null,
        };
        var name = $"{label} {Kinds[kind]} {number}".Trim();
        var header = new SignalHeader(name, SignalKind.Spectrum, PixelType.UInt32, [spectrum.Energy(spectrum.Counts.Length)], metadata, new MetadataTree(original));
        switch (kind)
        {
            case 3:
                await LineAsync(header, spectrum, ct);
                break;
            case 4:
                await MapAsync(header, spectrum, image, ct);
                break;
            default:
                await TailAsync(kind, ct);
                Add(header, spectrum.Counts);
                break;
        }
    }

    private async Task TailAsync(int kind, CancellationToken ct)
    {
        cursor.Skip(kind switch { 2 => 16, 5 => 8, 6 => 32, _ => 0 });      // position; the two that were subtracted; corners
        if (kind == 7)
        {
            await cursor.TextAsync(ct);
            await cursor.SkipListAsync(12, ct);     // the analyses it was made of, and their weights
        }
    }

    private void Add(SignalHeader header, uint[] counts)
    {
        if (counts.Length > 0)
        {
            signals.Add(new ArraySignal(header, MemoryMarshal.AsBytes(counts.AsSpan()).ToArray()));
        }
    }

    private async Task LineAsync(SignalHeader header, ElidSpectrum spectrum, CancellationToken ct)
    {
        cursor.Skip(32);                            // both ends
        var (points, channels) = (await cursor.CountAsync(ct), await cursor.CountAsync(ct));
        cursor.Skip(16);                            // offset and dispersion once more
        await ConditionsAsync(ct);
        var (real, live) = (await cursor.FlagAsync(ct), await cursor.FlagAsync(ct));
        var counts = await cursor.CountsAsync(points * channels, ct);
        SkipTimes(real, live, points);
        cursor.Skip(1);                             // quantified with high accuracy
        Add(header with { Kind = SignalKind.SpectrumLine, Axes = [new Axis("point", points, "", AxisRole.Index), spectrum.Energy(channels)] }, counts);
    }

    /// <summary>Counts of a map are bytes, pixel by pixel; its corners are fractions of the scanned field, a square around the image.</summary>
    private async Task MapAsync(SignalHeader header, ElidSpectrum spectrum, SignalHeader? image, CancellationToken ct)
    {
        var (left, top, right, bottom) = (await cursor.NumberAsync(ct), await cursor.NumberAsync(ct), await cursor.NumberAsync(ct), await cursor.NumberAsync(ct));
        await cursor.SkipListAsync(8, ct);          // colours
        var (width, height, channels) = (await cursor.CountAsync(ct), await cursor.CountAsync(ct), await cursor.CountAsync(ct));
        cursor.Skip(16);                            // offset and dispersion once more
        await ConditionsAsync(ct);
        var (real, live) = (await cursor.FlagAsync(ct), await cursor.FlagAsync(ct));
        Axis[] axes = [Field(image, "y", height, top, bottom), Field(image, "x", width, left, right), spectrum.Energy(channels)];
        signals.Add(RawSignal.Of(header with { Kind = SignalKind.SpectrumImage, Pixel = PixelType.UInt8, Axes = axes }, file, cursor.Position));
        cursor.Skip(width * height * channels);
        SkipTimes(real, live, width * height);
    }

    /// <summary>One time for all places, or one for each.</summary>
    private void SkipTimes(bool real, bool live, long places)
    {
        cursor.Skip(8 * (real ? places : 1));
        cursor.Skip(8 * (live ? places : 1));
    }

    private static Axis Field(SignalHeader? image, string name, long size, double first, double last)
    {
        var field = image is { Axes: [.., { IsCalibrated: true } y, { IsCalibrated: true } x] } ? Math.Max(y.Step * y.Size, x.Step * x.Size) : 0;
        return field > 0 && size > 0 && last > first && double.IsFinite(last - first)
            ? new Axis(name, size, image!.Axes[^1].Unit, AxisRole.Space, (last - first) * field / size, first * field)
            : new Axis(name, size, "", AxisRole.Space);
    }

    private async Task<JsonObject> ConditionsAsync(CancellationToken ct)
    {
        var conditions = new JsonObject();
        await NumbersAsync("high_tension", "detector_elevation", "detector_azimuth", "live_time", "real_time", "slow_peaking_time", "fast_peaking_time", "detector_resolution");
        conditions["instrument_id"] = await cursor.TextAsync(ct);
        if (version > 0)
        {
            await NumbersAsync("optical_working_distance", "working_distance", "detector_surface_area", "detector_distance", "sample_tilt_angle");
        }

        if (version >= 3)
        {
            await NumbersAsync("ccorrection");
            conditions["detector_type"] = await cursor.ByteAsync(ct);
            conditions["spectrum_correction"] = await cursor.ByteAsync(ct);
        }

        return conditions;

        async Task NumbersAsync(params string[] names)
        {
            foreach (var name in names)
            {
                conditions[name] = MetadataTree.Leaf(await cursor.NumberAsync(ct));
            }
        }
    }

    private sealed class Titled(ISignal signal, SignalHeader header) : ISignal
    {
        public SignalHeader Header { get; } = header;

        public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct) => signal.ReadFrameAsync(frame, destination, ct);
    }
}
