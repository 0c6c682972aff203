using System.Buffers.Binary;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Ole;

/// <summary>First 512 bytes of a compound file ([MS-CFB] 2.2), checked against the file's length.</summary>
/// <param name="SectorBytes">512 or 4096.</param>
/// <param name="Sectors">Sectors that the file can hold.</param>
/// <param name="Directory">First sector of the directory.</param>
/// <param name="MiniTable">First sector of the table of the small sectors.</param>
/// <param name="MiniLimit">Streams shorter than this lie in small sectors.</param>
/// <param name="TableChain">First sector of what lists further table sectors.</param>
/// <param name="TableSectors">The first 109 sectors of the allocation table.</param>
internal sealed record OleHeader(int SectorBytes, long Sectors, uint Directory, uint MiniTable, uint MiniLimit, uint TableChain, IReadOnlyList<uint> TableSectors)
{
    public const int MiniSectorBytes = 64;

    public static ReadOnlySpan<byte> Signature => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    public static async Task<OleHeader> ReadAsync(IByteSource file, CancellationToken ct)
    {
        var head = await file.ReadBlockAsync(0, 512, ct);
        var shift = BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(30));       // 30: 9 or 12
        var mini = BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(32));        // 32: 6
        if (!head.AsSpan().StartsWith(Signature) || shift is not (9 or 12) || mini != 6)
        {
            throw ProblemException.Unreadable($"A compound file begins with D0CF11E0 and has sectors of 2^9 or 2^12 and 2^6 bytes; found {Convert.ToHexString(head, 0, 4)}, 2^{shift} and 2^{mini}.");
        }

        var table = Enumerable.Range(0, 109).Select(i => Word(head, 76 + (4 * i))).ToList();
        return new OleHeader(1 << shift, (file.Length + (1L << shift) - 1) >> shift, Word(head, 48), Word(head, 60), Word(head, 56), Word(head, 68), table);
    }

    private static uint Word(byte[] head, int at) => BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(at));
}
