using System.Buffers.Binary;
using System.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.BioLogic;

/// <summary>One module of a modular file: header read, data left where it is.</summary>
/// <param name="Name">Long name, for instance <c>VMP data</c>.</param>
/// <param name="Version">Version of its layout: the newer of the two numbers where there are two.</param>
/// <param name="Date">As written, for instance <c>03/02/21</c>.</param>
/// <param name="Offset">Where its data begin.</param>
/// <param name="Length">Bytes of data.</param>
internal sealed record MprModule(string Name, uint Version, string Date, long Offset, long Length)
{
    private const int Magic = 6;            // "MODULE"
    private const int OldHeader = 51;
    private const int NewHeader = 59;
    private const int MostModules = 1000;

    /// <summary>All modules after the file's 52 bytes of magic.</summary>
    public static async Task<List<MprModule>> ReadAllAsync(IByteSource source, CancellationToken ct)
    {
        var modules = new List<MprModule>();
        var header = new byte[Magic + NewHeader];
        for (var at = 0x34L; at < source.Length && modules.Count < MostModules;)
        {
            var there = header.AsMemory(0, (int)Math.Min(header.Length, source.Length - at));
            await source.ReadAsync(at, there, ct);
            var module = Parse(there.Span, at, source.Length);
            modules.Add(module);
            at = module.Offset + module.Length;
        }

        return modules;
    }

    private static MprModule Parse(ReadOnlySpan<byte> bytes, long at, long fileLength)
    {
        if (bytes.Length < Magic + OldHeader || !bytes.StartsWith("MODULE"u8))
        {
            throw ProblemException.Unreadable($"A module was expected at byte {at}; the {fileLength} bytes of the file hold none there.");
        }

        var header = bytes[Magic..];
        var length = BinaryPrimitives.ReadUInt32LittleEndian(header[35..]);     // 35: length; in newer files all ones, and lengths and two versions follow
        var isNew = length == uint.MaxValue && header.Length >= NewHeader;
        if (isNew)
        {
            length = BinaryPrimitives.ReadUInt32LittleEndian(header[39..]);
        }

        var offset = at + Magic + (isNew ? NewHeader : OldHeader);
        return length <= fileLength - offset
            ? new(
                Encoding.Latin1.GetString(header[10..35]).Trim('\0', ' '),
                BinaryPrimitives.ReadUInt32LittleEndian(header[(isNew ? 47 : 39)..]),
                Encoding.Latin1.GetString(header[(isNew ? 51 : 43)..][..8]),
                offset,
                length)
            : throw ProblemException.Unreadable($"The module at byte {at} promises {length} bytes of data; {Math.Max(0, fileLength - offset)} are left.");
    }
}
