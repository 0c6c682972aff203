using System.Buffers.Binary;
using CryoHub.Imaging;

namespace CryoHub.Formats.Mrc;

/// <summary>
/// Agard's records, also of FEI's older software: NINT integers and NREAL reals of four bytes a section; the first real is the alpha tilt in degrees.
/// </summary>
internal static class AgardSection
{
    public static bool Fits(MrcHeader header)
    {
        var record = Record(header);
        return header.ExtendedIntegers is >= 0 and < 256 && header.ExtendedReals is > 0 and < 256 && (long)record * header.Sections <= header.ExtendedBytes;
    }

    public static async Task<MrcExtendedHeader> ReadAsync(MrcHeader header, IByteSource bytes, CancellationToken ct)
    {
        double Angle(byte[] cell) => header.BigEndian ? BinaryPrimitives.ReadSingleBigEndian(cell) : BinaryPrimitives.ReadSingleLittleEndian(cell);
        var tilts = await MrcExtendedHeader.ColumnAsync(header, bytes, Record(header), 4 * header.ExtendedIntegers, 4, Angle, ct);
        return new MrcExtendedHeader(tilts, AcquisitionMetadata.None, null);
    }

    private static int Record(MrcHeader header) => 4 * (header.ExtendedIntegers + header.ExtendedReals);
}
