using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Zip;

/// <summary>The central directory of a zip archive (also with 64-bit sizes), and its members as byte sources.</summary>
internal sealed class ZipDirectory
{
    public const int MostMembers = 2_000_000;

    // Deflate turns 258 bytes into two bits at best.
    private const long BestRatio = 1040;

    // All members that are taken into memory together.
    private const long MostTaken = 32L << 20;
    private const int MostTimesPacked = 16;

    private const int Stored = 0;
    private const int Deflated = 8;

    private readonly IByteSource file;
    private long left;

    private ZipDirectory(IByteSource file, IReadOnlyList<ZipMember> members) => (this.file, Members, left) = (file, members, MostTaken + (MostTimesPacked * file.Length));

    public IReadOnlyList<ZipMember> Members { get; }

    public static async Task<ZipDirectory> ReadAsync(IByteSource file, CancellationToken ct)
    {
        var (start, length) = await FindAsync(file, ct);
        var directory = await file.ReadBlockAsync(start, length, ct);
        List<ZipMember> members = [];
        var at = 0;
        while (at + 46 <= directory.Length && directory.AsSpan(at).StartsWith("PK\u0001\u0002"u8))
        {
            var entry = directory.AsSpan(at);
            var (name, extra, comment) = (UInt16(entry, 28), UInt16(entry, 30), UInt16(entry, 32));
            if (46 + name + extra > entry.Length)
            {
                break;
            }

            if (members.Count == MostMembers)
            {
                throw ProblemException.Unreadable($"The zip archive has more than {MostMembers} members; that many are read.");
            }

            members.Add(Member(entry[..(46 + name + extra)], name));
            at += 46 + name + extra + comment;
        }

        return members.Count > 0 ? new ZipDirectory(file, members) : throw ProblemException.Unreadable("The zip archive is empty.");
    }

    public ZipMember? Find(string name) => Members.FirstOrDefault(member => member.Name == name);

    /// <summary>The unpacked bytes of a member; stored ones are read in place.</summary>
    public async Task<IByteSource> OpenAsync(ZipMember member, CancellationToken ct)
    {
        var packed = await PackedAsync(member, ct);
        return member.Method == Stored ? packed : new UnpackingSource(() => Unpacking(packed), member.Bytes);
    }

    /// <summary>All bytes of a member; <c>null</c> where there is none of that name.</summary>
    /// <exception cref="ProblemException">Unreadable: damaged, or the members taken unpack to far more than such an archive holds.</exception>
    public async Task<byte[]?> TakeAsync(string name, CancellationToken ct)
    {
        if (Find(name) is not { } member)
        {
            return null;
        }

        if ((left -= member.Bytes) < 0)
        {
            throw ProblemException.Unreadable($"{name} and the members before it unpack to more than {MostTaken + (MostTimesPacked * file.Length)} bytes: far more than such an archive holds.");
        }

        var packed = await PackedAsync(member, ct);
        if (member.Method == Stored)
        {
            return await packed.ReadBlockAsync(0, packed.Length, ct);
        }

        var bytes = new byte[member.Bytes];
        try
        {
            await using var unpacking = Unpacking(packed);
            await unpacking.ReadExactlyAsync(bytes, ct);
            return bytes;
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw ProblemException.Unreadable($"{name} cannot be unpacked to {member.Bytes} bytes: {broken.Message}", broken);
        }
    }

    private static DeflateStream Unpacking(IByteSource packed) => new(new ByteSourceStream(packed), CompressionMode.Decompress);

    /// <summary>The bytes as they stand in the archive, of a member that can be unpacked.</summary>
    private async Task<SliceSource> PackedAsync(ZipMember member, CancellationToken ct)
    {
        var local = await file.ReadBlockAsync(member.Offset, 30, ct);
        if (!local.AsSpan().StartsWith("PK\u0003\u0004"u8))
        {
            throw ProblemException.Unreadable($"The zip directory says that {member.Name} begins at byte {member.Offset}; there stands {Convert.ToHexString(local.AsSpan(0, 4))}.");
        }

        var packed = new SliceSource(file, member.Offset + 30 + UInt16(local, 26) + UInt16(local, 28), member.PackedBytes);
        if (member.Bytes > (member.PackedBytes + 64) * BestRatio)
        {
            throw ProblemException.Unreadable($"{member.Name} promises {member.Bytes} bytes out of {member.PackedBytes} packed ones; no packing can do that.");
        }

        return member.Method is Stored or Deflated ? packed
            : throw ProblemException.Unreadable($"{member.Name} is packed by method {member.Method}; known are {Stored} (stored) and {Deflated} (deflate).");
    }

    private static ZipMember Member(ReadOnlySpan<byte> entry, int nameLength)
    {
        // 8: flags, bit 0 = encrypted; 10: method; 20: packed size; 24: size; 42: offset; all ones = in the extra field of 64-bit numbers
        var name = Encoding.UTF8.GetString(entry.Slice(46, nameLength));
        long packed = UInt32(entry, 20), size = UInt32(entry, 24), offset = UInt32(entry, 42);
        var extra = entry[(46 + nameLength)..];
        while (extra.Length >= 4)
        {
            var field = extra.Slice(4, Math.Min(UInt16(extra, 2), extra.Length - 4));
            if (UInt16(extra, 0) == 1)
            {
                Widen(ref size, ref field);
                Widen(ref packed, ref field);
                Widen(ref offset, ref field);
                break;
            }

            extra = extra[(4 + field.Length)..];
        }

        if (packed < 0 || size < 0 || offset < 0)
        {
            throw ProblemException.Unreadable($"{name} states {packed} packed bytes, {size} unpacked ones and a beginning at {offset}: none of them can be negative.");
        }

        return (UInt16(entry, 8) & 1) == 0
            ? new ZipMember(name, UInt16(entry, 10), packed, size, offset)
            : throw ProblemException.Unreadable($"{name} is encrypted.");
    }

    private static void Widen(ref long value, ref ReadOnlySpan<byte> field)
    {
        if (value == uint.MaxValue && field.Length >= 8)
        {
            value = BinaryPrimitives.ReadInt64LittleEndian(field);
            field = field[8..];
        }
    }

    private static async Task<(long Start, long Length)> FindAsync(IByteSource file, CancellationToken ct)
    {
        // The end record is the last 22 bytes, unless a comment of up to 65,535 bytes follows.
        var tail = await file.ReadBlockAsync(Math.Max(0, file.Length - 65_557), Math.Min(file.Length, 65_557), ct);
        var end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || end + 22 > tail.Length)
        {
            throw ProblemException.Unreadable($"The zip archive of {file.Length} bytes has no directory at its end: it is cut off.");
        }

        var (length, start) = ((long)UInt32(tail, end + 12), (long)UInt32(tail, end + 16));
        if (start == uint.MaxValue && end >= 20 && tail.AsSpan(end - 20).StartsWith("PK\u0006\u0007"u8))
        {
            var record = await file.ReadBlockAsync(BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(end - 12)), 56, ct);
            (length, start) = (BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(40)), BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48)));
        }

        return (start, length);
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
