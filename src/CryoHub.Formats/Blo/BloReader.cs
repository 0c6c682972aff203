using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Blo;

/// <summary>Precession diffraction scans of NanoMegas' ASTAR and DigiSTAR.</summary>
public sealed class BloReader : IFormatReader
{
    private const int PatternHeadBytes = 6;

    // The note lies between the fields and the first data; more than this is no note.
    private const int LongestHeader = 1 << 16;

    public FormatInfo Format { get; } = new(
        "blo",
        "NanoMegas block file",
        [".blo"],
        "diffraction scans and the virtual bright field, both byte orders, calibration of scan and patterns",
        "scans that were broken off",
        "https://hyperspy.org/rosettasciio/supported_formats/blockfile.html");

    // 0: "IMGBLO"
    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.StartsWith("IMGBLO"u8) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        if (file.Bytes.Length < BloHeader.FieldBytes)
        {
            throw ProblemException.Unreadable($"A block file begins with {BloHeader.FieldBytes} bytes of header; this one holds {file.Bytes.Length}.");
        }

        var fields = new BloHeader(await file.Bytes.ReadBlockAsync(0, BloHeader.FieldBytes, ct));
        var length = Math.Clamp(Math.Min(fields.OverviewOffset, file.Bytes.Length), BloHeader.FieldBytes, LongestHeader);
        var header = new BloHeader(await file.Bytes.ReadBlockAsync(0, length, ct));
        var original = new MetadataTree(header.Original());
        var name = Path.GetFileNameWithoutExtension(file.Name);
        var metadata = new AcquisitionMetadata { BeamEnergyKeV = header.BeamEnergyKeV > 0 ? header.BeamEnergyKeV : null, AcquiredAt = header.AcquiredAt };
        List<Axis> scan = [Axis("y", header.PointsY, "nm", header.StepY), Axis("x", header.PointsX, "nm", header.StepX)];
        List<Axis> axes = [.. scan, Axis("dy", header.PatternSize, "cm", header.PatternPixelCm), Axis("dx", header.PatternSize, "cm", header.PatternPixelCm)];
        var patterns = RawSignal.Of(
            new SignalHeader(name, SignalKind.DiffractionScan, PixelType.UInt8, axes, metadata, original), file.Bytes,
                header.PatternOffset + PatternHeadBytes, gap: PatternHeadBytes);
        if (header.OverviewOffset < BloHeader.FieldBytes || header.PatternOffset - header.OverviewOffset < (long)header.PointsX * header.PointsY)
        {
            return [patterns];
        }

        var overview = new SignalHeader($"{name} (virtual bright field)", SignalKind.Image, PixelType.UInt8, scan, metadata, original);
        return [patterns, RawSignal.Of(overview, file.Bytes, header.OverviewOffset)];
    }

    private static Axis Axis(string name, int size, string unit, double step) =>
        double.IsFinite(step) && step > 0 ? new Axis(name, size, unit, AxisRole.Space, step) : new Axis(name, size, "", AxisRole.Space);
}
