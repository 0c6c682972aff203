using System.Buffers.Binary;
using CryoHub.Imaging;

namespace CryoHub.Formats.Mrc;

/// <summary>
/// SerialEM's records: NINT bytes a section, NREAL a set of flags; bit 0 says that the record begins with the tilt angle times 100 in two bytes.
/// </summary>
internal static class SerialEmSection
{
    private static readonly int[] BytesOfFlag = [2, 6, 4, 2, 2, 4, 2, 4, 2, 4, 2, 4];

    /// <summary>True where the flags account for exactly the bytes of a record.</summary>
    public static bool Fits(MrcHeader header)
    {
        var flags = header.ExtendedReals;
        var bytes = BytesOfFlag.Select((size, bit) => (flags & (1 << bit)) != 0 ? size : 0).Sum();
        return flags > 0 && header.ExtendedIntegers == bytes;
    }

    public static async Task<MrcExtendedHeader> ReadAsync(MrcHeader header, IByteSource bytes, CancellationToken ct)
    {
        double Angle(byte[] cell) => (header.BigEndian ? BinaryPrimitives.ReadInt16BigEndian(cell) : BinaryPrimitives.ReadInt16LittleEndian(cell)) / 100.0;
        var tilts = (header.ExtendedReals & 1) != 0 ? await MrcExtendedHeader.ColumnAsync(header, bytes, header.ExtendedIntegers, 0, 2, Angle, ct) : null;
        return new MrcExtendedHeader(tilts, AcquisitionMetadata.None, null);
    }
}
