using System.Buffers.Binary;
using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>
/// An attribute as it lies in an object header, <see href="https://docs.hdfgroup.org/hdf5/v1_10/_f_m_t3.html#AttributeMessage"/>: name, type, extent and value stand one after the other,
/// and each has to end within the message.
/// </summary>
internal static class Hdf5AttributeMessage
{
    private const int DeepestType = 16;

    /// <exception cref="ProblemException">Unreadable: a part reaches beyond the message.</exception>
    public static void Check(ReadOnlySpan<byte> message)
    {
        // 0: version, 1: flags (type or extent stands elsewhere), 2: bytes of the name, 4: of the type, 6: of the extent; version 1 fills each up to multiples of 8
        if (message.Length < 8 || message[0] is 0 or > 3)
        {
            throw Damaged($"a message of {message.Length} bytes and version {(message.Length > 0 ? message[0] : 0)}");
        }

        var version = message[0];
        var (nameBytes, typeBytes, extentBytes) = (Length(message, 2), Length(message, 4), Length(message, 6));
        var rest = message[(version == 3 ? 9 : 8)..];
        var name = Take(ref rest, nameBytes, version);
        if (name.IndexOf((byte)0) < 0)
        {
            throw Damaged("a name without an end");
        }

        var type = Take(ref rest, typeBytes, version);
        var extent = Take(ref rest, extentBytes, version);
        if ((message[1] & 3) != 0)
        {
            return;     // the library asks for the shared part itself, in a message of its own
        }

        CheckType(type, 0);
        var size = (UInt128)BinaryPrimitives.ReadUInt32LittleEndian(type[4..]) * Count(extent);
        if (size > (UInt128)rest.Length)
        {
            throw Damaged($"a value of {size} bytes in a message that has {rest.Length} left");
        }
    }

    private static int Length(ReadOnlySpan<byte> message, int at) => BinaryPrimitives.ReadUInt16LittleEndian(message[at..]);

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int bytes, int version)
    {
        var whole = version == 1 ? (bytes + 7) & ~7 : bytes;
        if (whole > rest.Length)
        {
            throw Damaged($"a part of {whole} bytes in a message that has {rest.Length} left");
        }

        var part = rest[..bytes];
        rest = rest[whole..];
        return part;
    }

    // 0: version, 1: rank, 2: flags; version 1: the extents from 8 on, version 2: 3: class (2 = none), the extents from 4 on
    private static UInt128 Count(ReadOnlySpan<byte> extent)
    {
        var from = extent.Length >= 4 && extent[0] == 2 ? 4 : 8;
        if (extent.Length < 4 || extent[0] is 0 or > 2 || extent[1] > 32 || extent.Length < from + (8 * extent[1]))
        {
            throw Damaged($"an extent of {extent.Length} bytes");
        }

        if (extent[0] == 2 && extent[3] == 2)
        {
            return 0;
        }

        UInt128 count = 1;
        for (var i = 0; i < extent[1]; i++)
        {
            var side = BinaryPrimitives.ReadUInt64LittleEndian(extent[(from + (8 * i))..]);
            count *= side <= uint.MaxValue ? side : throw Damaged($"an extent of {side}");
            if (count > uint.MaxValue)
            {
                throw Damaged($"{count} values");
            }
        }

        return count;
    }

    /// <summary>Walks through a type and gives back what follows it: 0: class and version, 1: class bits, 4: size, 8: properties of the class.</summary>
    private static ReadOnlySpan<byte> CheckType(ReadOnlySpan<byte> type, int depth)
    {
        if (type.Length < 8 || depth > DeepestType)
        {
            throw Damaged($"a type that ends after {type.Length} bytes");
        }

        var (version, bits, size) = (type[0] >> 4, type[1] | (type[2] << 8), BinaryPrimitives.ReadUInt32LittleEndian(type[4..]));
        var rest = type[8..];
        return (type[0] & 15) switch
        {
            0 or 4 => Skip(rest, 4),
            1 => Skip(rest, 12),
            2 => Skip(rest, 2),
            3 or 7 => rest,
            5 => Skip(rest, ((bits & 255) + 7) & ~7),
            6 => Members(rest, version, bits, size, depth),
            8 => Values(rest, version, bits, depth),
            9 => CheckType(rest, depth + 1),
            10 => CheckType(Skip(rest, version < 3 ? 4 + (8 * First(rest)) : 1 + (4 * First(rest))), depth + 1),
            var kind => throw Damaged($"a type of class {kind}"),
        };
    }

    private static ReadOnlySpan<byte> Members(ReadOnlySpan<byte> rest, int version, int members, uint size, int depth)
    {
        var offsetBytes = version < 3 ? 4 : size < 1 << 8 ? 1 : size < 1 << 16 ? 2 : size < 1 << 24 ? 3 : 4;
        for (var i = 0; i < members; i++)
        {
            rest = CheckType(Skip(Name(rest, version), offsetBytes + (version == 1 ? 28 : 0)), depth + 1);     // version 1 has room for four extents
        }

        return rest;
    }

    private static ReadOnlySpan<byte> Values(ReadOnlySpan<byte> rest, int version, int values, int depth)
    {
        var bytes = rest.Length >= 8 ? BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]) : 0;
        rest = CheckType(rest, depth + 1);
        for (var i = 0; i < values; i++)
        {
            rest = Name(rest, version);
        }

        return (ulong)values * bytes <= (ulong)rest.Length ? rest[(values * (int)bytes)..] : throw Damaged($"{values} names of values of {bytes} bytes");
    }

    /// <summary>After a name that ends with 0; up to version 2 names are filled up to multiples of 8.</summary>
    private static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> rest, int version)
    {
        var end = rest.IndexOf((byte)0);
        return end >= 0 ? Skip(rest, version < 3 ? (end + 8) & ~7 : end + 1) : throw Damaged("a name without an end");
    }

    private static int First(ReadOnlySpan<byte> rest) => rest.Length > 0 ? rest[0] : 0;

    private static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> rest, int bytes) => bytes <= rest.Length ? rest[bytes..] : throw Damaged($"a type that ends {bytes - rest.Length} bytes early");

    private static ProblemException Damaged(string what) => ProblemException.Unreadable($"An attribute of the HDF5 file is damaged: {what}.");
}
