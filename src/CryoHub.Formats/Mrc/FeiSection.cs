using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Mrc;

/// <summary>The FEI1 and FEI2 records (768 and 888 bytes a section), always little endian.</summary>
internal static class FeiSection
{
    private const int Smallest = 768;

    private static readonly (string Name, int Offset)[] Doubles =
    [
        ("HT", 84), ("Dose", 92), ("Alpha tilt", 100), ("Beta tilt", 108), ("X-Stage", 116), ("Y-Stage", 124), ("Z-Stage", 132), ("Tilt axis angle", 140),
        ("Pixel size X", 156), ("Pixel size Y", 164), ("Defocus", 220), ("STEM Defocus", 228), ("Applied defocus", 236), ("Magnification", 289),
        ("Camera length", 301), ("Illuminated area", 313), ("Intensity", 321), ("Convergence angle", 329), ("Slit width", 355), ("Energy shift", 379),
        ("Integration time", 419), ("Dwell time", 571), ("Frame time", 579),
    ];

    private static readonly (string Name, int Offset, int Count)[] Texts =
    [
        ("Microscope type", 20, 16), ("D-Number", 36, 16), ("Application", 52, 16), ("Application version", 68, 16), ("Objective lens mode", 252, 16),
        ("Illumination mode", 337, 16), ("Camera name", 435, 16), ("STEM Detector name", 519, 16),
    ];

    public static async Task<MrcExtendedHeader> ReadAsync(MrcHeader header, IByteSource bytes, CancellationToken ct)
    {
        if (header.ExtendedBytes < Smallest)
        {
            throw ProblemException.Unreadable($"An {header.ExtendedType} extended header takes at least {Smallest} bytes; the header states {header.ExtendedBytes}.");
        }

        var first = await bytes.ReadBlockAsync(MrcHeader.Length, Smallest, ct);
        var record = BinaryPrimitives.ReadInt32LittleEndian(first);   // 0: Metadata size
        if (record < Smallest || record > header.ExtendedBytes)
        {
            throw ProblemException.Unreadable($"The {header.ExtendedType} extended header states records of {record} bytes; expected are {Smallest} to {header.ExtendedBytes}.");
        }

        var original = new JsonObject();
        foreach (var (name, offset) in Doubles)
        {
            original[name] = MetadataTree.Leaf(Real(first, offset));
        }

        foreach (var (name, offset, count) in Texts)
        {
            original[name] = Text(first, offset, count);
        }

        var tilts = await MrcExtendedHeader.ColumnAsync(header, bytes, record, 100, 8, cell => BinaryPrimitives.ReadDoubleLittleEndian(cell), ct);
        return new MrcExtendedHeader(tilts, Normalise(first), original);
    }

    /// <summary>SI units in the file; a field left at zero was not set.</summary>
    private static AcquisitionMetadata Normalise(byte[] record) => new()
    {
        BeamEnergyKeV = Stated(record, 84, 1e-3),
        FluenceEPerA2 = Stated(record, 92, 1e-20),
        TiltDeg = Real(record, 100),
        Magnification = Stated(record, 289, 1),
        ConvergenceMrad = Stated(record, 329, 1e3),
        ExposureS = Stated(record, 419, 1),
        Instrument = Text(record, 20, 16) is { Length: > 0 } microscope ? microscope : null,
        Detector = new[] { Text(record, 519, 16), Text(record, 435, 16) }.FirstOrDefault(name => name.Length > 0),
        AcquiredAt = OleDate(Real(record, 12)),
    };

    private static string? OleDate(double days) => days is > 1 and < 2_958_465 ? DateTime.FromOADate(days).ToString("s", System.Globalization.CultureInfo.InvariantCulture) : null;

    private static double? Stated(byte[] record, int offset, double factor) => Real(record, offset) is var value && value != 0 && double.IsFinite(value) ? value * factor : null;

    private static double Real(byte[] record, int offset) => BinaryPrimitives.ReadDoubleLittleEndian(record.AsSpan(offset));

    private static string Text(byte[] record, int offset, int count) => Encoding.Latin1.GetString(record, offset, count).Split('\0')[0].Trim();
}
