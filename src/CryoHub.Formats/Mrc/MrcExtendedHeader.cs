using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Mrc;

/// <summary>What the bytes between header and pixels say: one tilt angle a section, and the microscope's state at the first one.</summary>
/// <param name="TiltDeg">One a section, or <c>null</c>.</param>
/// <param name="Metadata">Normalised, of the first section.</param>
/// <param name="Original">Under the names of the specification, or <c>null</c>.</param>
public sealed record MrcExtendedHeader(IReadOnlyList<double>? TiltDeg, AcquisitionMetadata Metadata, JsonObject? Original)
{
    private static readonly MrcExtendedHeader None = new(null, AcquisitionMetadata.None, null);

    public static async Task<MrcExtendedHeader> ReadAsync(MrcHeader header, IByteSource bytes, CancellationToken ct) => header.ExtendedType switch
    {
        _ when header.ExtendedBytes == 0 => None,
        "FEI1" or "FEI2" => await FeiSection.ReadAsync(header, bytes, ct),
        "SERI" or "" or "MRCO" when SerialEmSection.Fits(header) => await SerialEmSection.ReadAsync(header, bytes, ct),
        "AGAR" or "" when AgardSection.Fits(header) => await AgardSection.ReadAsync(header, bytes, ct),
        "CCP4" or "" => new MrcExtendedHeader(null, AcquisitionMetadata.None, new JsonObject { ["symmetry"] = await SymmetryAsync(header, bytes, ct) }),
        _ => None,
    };

    /// <summary>One value a section, at a fixed place of each section's record; <c>null</c> where the records are fewer than the sections.</summary>
    internal static async Task<double[]?> ColumnAsync(MrcHeader header, IByteSource bytes, int record, int at, int size, Func<byte[], double> read, CancellationToken ct)
    {
        if (record <= 0 || (long)record * header.Sections > header.ExtendedBytes)
        {
            return null;
        }

        var values = new double[header.Sections];
        var cell = new byte[size];
        for (var i = 0; i < values.Length; i++)
        {
            await bytes.ReadAsync(MrcHeader.Length + ((long)record * i) + at, cell, ct);
            values[i] = read(cell);
        }

        return values;
    }

    /// <summary>CCP4 keeps the symmetry operators as lines of 80 characters; 192 of them is the most a space group needs.</summary>
    private static async Task<JsonArray> SymmetryAsync(MrcHeader header, IByteSource bytes, CancellationToken ct)
    {
        var block = await bytes.ReadBlockAsync(MrcHeader.Length, Math.Min(header.ExtendedBytes, 192 * 80), ct);
        var lines = block.Chunk(80).Select(line => System.Text.Encoding.Latin1.GetString(line).TrimEnd('\0', ' ')).Where(line => line.Length > 0 && line.All(c => c is >= ' ' and <= '~'));
        return new JsonArray([.. lines.Select(line => JsonValue.Create(line))]);
    }
}
